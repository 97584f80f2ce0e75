import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Request, Response } from 'express';
import type { GitConfig } from '../config';
import type { Repository } from '../database/RepositoryStore';
import type { Maintenance } from '../git/Maintenance';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import { type Actor, actorName } from '../services/Actor';
import { auditable } from '../services/auditable';
import {
  type PushAnnouncer,
  type RefCommand,
  ZERO_SHA,
} from '../services/PushAnnouncer';
import { type PushHead, readPushHead, refusal } from './pktLine';
import type { SmartHttp } from './SmartHttp';

/** For how long a client that still sends after git has refused may go on, so that it reads why. */
const GRACE_MS = 2_000;

/**
 * Receives pushes: checks what they change, hands them to git, and announces what came of them.
 * @internal
 */
export class PushReceiver {
  readonly #http: SmartHttp;
  readonly #folders: RepositoryFolders;
  readonly #announcer: PushAnnouncer;
  readonly #maintenance: Maintenance;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  readonly #limits: GitConfig['limits'];
  readonly #pending = new Set<Promise<void>>();

  constructor(options: {
    http: SmartHttp;
    folders: RepositoryFolders;
    announcer: PushAnnouncer;
    maintenance: Maintenance;
    auditor: AuditorService;
    logger: LoggerService;
    limits: GitConfig['limits'];
  }) {
    this.#http = options.http;
    this.#folders = options.folders;
    this.#announcer = options.announcer;
    this.#maintenance = options.maintenance;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
    this.#limits = options.limits;
  }

  /** Receives one push. The actor must be allowed to write already. */
  async receive(
    req: Request,
    res: Response,
    options: { repository: Repository; actor: Actor },
  ): Promise<void> {
    const { gone, signal, leave } = await this.#http.enter('push', res);
    const work = this.#receive(req, res, { ...options, gone, signal }).finally(
      leave,
    );
    const settled = work.catch(() => {});
    this.#pending.add(settled);
    settled.then(() => this.#pending.delete(settled));
    return work;
  }

  /** Resolves when every push that git has accepted is announced. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async #receive(
    req: Request,
    res: Response,
    options: {
      repository: Repository;
      actor: Actor;
      gone: AbortSignal;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { repository, actor, signal } = options;
    const body = bodyOf(req);
    const head = await readPushHead(body).catch(() => undefined);
    if (!head) {
      throw new InputError('This is not a push that git understands');
    }
    const reason = await this.#reasonAgainst(repository, head);
    if (reason) {
      await this.#audit(req, options, head.commands, new Error(reason));
      res.setHeader('Content-Type', 'application/x-git-receive-pack-result');
      res.write(refusal(head, reason));
      await drain(body, req);
      res.end();
      return;
    }
    try {
      await this.#http.exchange({
        req,
        res,
        repository,
        path: 'git-receive-pack',
        service: 'git-receive-pack',
        user: actorName(actor),
        config: await this.#settings(repository, head),
        signal,
        feed: child => pour(head.bytes, body, child),
      });
      await drain(body, req);
      res.end();
    } finally {
      await this.#finish(req, options, head.commands);
    }
  }

  async #reasonAgainst(
    repository: Repository,
    head: PushHead,
  ): Promise<string | undefined> {
    const stray = head.commands.find(
      ({ ref }) => !/^refs\/(heads|tags)\/./.test(ref),
    );
    if (stray) {
      return 'only branches and tags can be pushed';
    }
    if (
      head.commands.some(
        ({ ref, after }) =>
          after === ZERO_SHA &&
          ref === `refs/heads/${repository.defaultBranch}`,
      )
    ) {
      return `${repository.defaultBranch} is the default branch and cannot be deleted: the catalog, docs and deliveries read it`;
    }
    if (
      head.commands.some(({ after }) => after !== ZERO_SHA) &&
      (await this.#folders.size(repository)) >= this.#limits.repository
    ) {
      return `the repository has reached its limit of ${mebibytes(
        this.#limits.repository,
      )}; ask the platform team`;
    }
    return undefined;
  }

  async #settings(
    repository: Repository,
    head: PushHead,
  ): Promise<Record<string, string>> {
    const left =
      this.#limits.repository - (await this.#folders.size(repository));
    const touchesDefault = head.commands.some(
      ({ ref }) => ref === `refs/heads/${repository.defaultBranch}`,
    );
    return {
      // One way to unpack, so that what is too large is refused in the same words.
      'receive.unpackLimit': '1',
      'receive.maxInputSize': String(
        Math.max(1, Math.min(this.#limits.push, left)),
      ),
      // The history of the default branch is what deliveries and metrics are computed from.
      'receive.denyNonFastForwards': String(touchesDefault),
      'receive.denyDeleteCurrent': 'refuse',
      'receive.denyCurrentBranch': 'ignore',
    };
  }

  async #finish(
    req: Request,
    options: { repository: Repository; actor: Actor },
    commands: readonly RefCommand[],
  ): Promise<void> {
    if (commands.length === 0) {
      return;
    }
    const { repository, actor } = options;
    try {
      const changes = await this.#announcer.afterPush(
        repository,
        commands,
        actor.type === 'user' ? actor.userRef : undefined,
      );
      await this.#audit(
        req,
        options,
        changes.length > 0 ? changes : commands,
        changes.length > 0
          ? undefined
          : new Error('Git refused the push, or it was cut off'),
      );
      this.#maintenance.schedule(repository);
    } catch (error) {
      // The next start announces what could not be announced now.
      this.#logger.error(
        `A push to ${repository.owner}/${repository.name} could not be announced`,
        error as Error,
      );
    }
  }

  async #audit(
    req: Request,
    options: { repository: Repository; actor: Actor },
    changes: readonly RefCommand[],
    error: Error | undefined,
  ): Promise<void> {
    const event = await this.#auditor.createEvent({
      eventId: 'push',
      severityLevel: 'medium',
      request: auditable(req),
      meta: {
        repository: `${options.repository.owner}/${options.repository.name}`,
        actor: actorName(options.actor),
        refs: changes.slice(0, 100).map(change => ({ ...change })),
      },
    });
    await (error ? event.fail({ error }) : event.success());
  }
}

function bodyOf(req: Request): AsyncIterator<Buffer> {
  const stream =
    req.get('content-encoding') === 'gzip' ? req.pipe(createGunzip()) : req;
  return stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
}

/** Gives git what was read already and then the rest, until git has ended or the client is gone. */
async function pour(
  first: Buffer,
  body: AsyncIterator<Buffer>,
  child: ChildProcessWithoutNullStreams,
): Promise<void> {
  const { stdin } = child;
  const exited = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  );
  try {
    let chunk: Buffer | undefined = first;
    while (chunk && stdin.writable) {
      if (!stdin.write(chunk)) {
        await Promise.race([once(stdin, 'drain'), exited]);
      }
      const next = await Promise.race([body.next(), exited]);
      chunk = next?.done ? undefined : next?.value;
    }
  } catch {
    // The client hung up in the middle: git sees the end of the input and drops what came so far.
  } finally {
    stdin.end();
  }
}

/** Reads on for a short time, so that the client reads the answer instead of a broken connection. */
async function drain(body: AsyncIterator<Buffer>, req: Request): Promise<void> {
  const deadline = setTimeout(() => req.destroy(), GRACE_MS);
  try {
    while (!(await body.next()).done);
  } catch {
    // Cut off, as announced.
  } finally {
    clearTimeout(deadline);
  }
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
