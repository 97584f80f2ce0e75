import { setTimeout } from 'node:timers/promises';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Request, Response } from 'express';
import type { Repository } from '../database/RepositoryStore';
import type { Maintenance } from '../git/Maintenance';
import { type Actor, actorName } from '../services/Actor';
import { auditable } from '../services/auditable';
import type { PushAnnouncer, RefCommand } from '../services/PushAnnouncer';
import { type PushHead, readPushHead, refusal } from './pktLine';
import { bodyOf, drain, pour } from './pushBody';
import type { PushRules } from './PushRules';
import type { SmartHttp } from './SmartHttp';

const SHUTDOWN_MS = 5_000;

/**
 * Receives pushes: checks what they change, hands them to git, and announces what came of them.
 * @internal
 */
export class PushReceiver {
  readonly #http: SmartHttp;
  readonly #rules: PushRules;
  readonly #announcer: PushAnnouncer;
  readonly #maintenance: Maintenance;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  readonly #pending = new Set<Promise<void>>();

  constructor(options: {
    http: SmartHttp;
    rules: PushRules;
    announcer: PushAnnouncer;
    maintenance: Maintenance;
    auditor: AuditorService;
    logger: LoggerService;
  }) {
    this.#http = options.http;
    this.#rules = options.rules;
    this.#announcer = options.announcer;
    this.#maintenance = options.maintenance;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /** Receives one push. The actor must be allowed to write already. */
  async receive(
    req: Request,
    res: Response,
    options: { repository: Repository; actor: Actor },
  ): Promise<void> {
    const body = bodyOf(req);
    // Whoever only opens a connection must not hold a place of those who push.
    const head = await this.#readHead(body, res, options.actor);
    const { signal, leave } = await this.#http.enter(
      'push',
      res,
      options.actor,
    );
    // A client that sends nothing more must not keep its place for ever.
    signal.addEventListener('abort', () => req.destroy(), { once: true });
    const work = this.#receive(req, res, {
      ...options,
      body,
      head,
      signal,
      leave,
    }).finally(leave);
    const settled = work.catch(() => {});
    this.#pending.add(settled);
    settled.then(() => this.#pending.delete(settled));
    return work;
  }

  /** Resolves when every push that git has accepted is announced, or after five seconds: the next start does the rest. */
  async settled(): Promise<void> {
    const patience = new AbortController();
    await Promise.race([
      Promise.all(this.#pending),
      setTimeout(SHUTDOWN_MS, undefined, { signal: patience.signal }),
    ]).finally(() => patience.abort());
  }

  async #readHead(
    body: AsyncIterator<Buffer>,
    res: Response,
    actor: Actor,
  ): Promise<PushHead> {
    const { signal, leave } = await this.#http.enter('push-head', res, actor);
    try {
      const head = await readPushHead(body, signal).catch(() => undefined);
      signal.throwIfAborted();
      if (!head) {
        throw new InputError('This is not a push that git understands');
      }
      return head;
    } finally {
      leave();
    }
  }

  async #receive(
    req: Request,
    res: Response,
    options: {
      repository: Repository;
      actor: Actor;
      body: AsyncIterator<Buffer>;
      head: PushHead;
      signal: AbortSignal;
      leave: () => void;
    },
  ): Promise<void> {
    const { repository, actor, body, head, signal } = options;
    const reason = await this.#rules.reasonAgainst(repository, head);
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
        actor,
        config: await this.#rules.settings(repository, head),
        signal,
        feed: child => pour(head.bytes, body, child),
      });
      await drain(body, req);
      res.end();
    } finally {
      // Whoever hears of the push may take long; the next push need not wait for that.
      options.leave();
      await this.#finish(req, options, head.commands);
    }
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
