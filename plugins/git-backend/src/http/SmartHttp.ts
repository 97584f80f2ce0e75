import { once } from 'node:events';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Request, Response } from 'express';
import type { GitConfig } from '../config';
import type { Repository } from '../database/RepositoryStore';
import { Gate } from '../git/Gate';
import type { GitProcesses } from '../git/GitProcesses';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import { type Actor, actorName } from '../services/Actor';
import { readCgiHead } from './cgi';
import { ClientGoneError, SlowClientError } from './clientErrors';

/** The two services of git's smart HTTP protocol. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** What takes a place: a clone, fetch or archive; a push; or finding out what a push is about to change. */
export type Transfer = 'fetch' | 'push' | 'push-head';

/** For how long a client may take to say what its push changes. */
const HEAD_SECONDS = 10;

/** One exchange with `git http-backend`. */
export type Exchange = {
  readonly req: Request;
  readonly res: Response;
  readonly repository: Repository;
  /** Path below the repository, for example `info/refs`. */
  readonly path: string;
  readonly service: GitService;
  readonly actor: Actor;
  readonly config?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** What goes to git as the body, when it is not the request as it came. */
  readonly feed?: (child: ChildProcessWithoutNullStreams) => Promise<void>;
};

/**
 * Speaks git's smart HTTP protocol through `git http-backend`, streaming both ways.
 * @internal
 */
export class SmartHttp {
  readonly #git: GitProcesses;
  readonly #folders: RepositoryFolders;
  readonly #logger: LoggerService;
  readonly #limits: GitConfig['limits'];
  readonly #gates: Readonly<Record<Transfer, Gate>>;

  constructor(options: {
    git: GitProcesses;
    folders: RepositoryFolders;
    logger: LoggerService;
    limits: GitConfig['limits'];
  }) {
    this.#git = options.git;
    this.#folders = options.folders;
    this.#logger = options.logger;
    this.#limits = options.limits;
    const places = options.limits.concurrency;
    this.#gates = {
      fetch: new Gate({ places, maxWaiting: places * 8 }),
      push: new Gate({
        places: Math.max(1, Math.ceil(places / 2)),
        maxWaiting: places * 8,
      }),
      // No git process runs for these: the limit is for what they hold in memory.
      'push-head': new Gate({
        places: places * 8,
        placesEach: places,
        maxWaiting: places * 8,
      }),
    };
  }

  /**
   * Waits until a transfer may start; the signal ends it when its time is over or, unless it is a push, when the client
   * leaves.
   */
  async enter(
    kind: Transfer,
    res: Response,
    actor: Actor,
  ): Promise<{ signal: AbortSignal; leave: () => void }> {
    const client = new AbortController();
    const onClose = () =>
      client.abort(new ClientGoneError('The client hung up'));
    res.once('close', onClose);
    if (res.destroyed) {
      onClose();
    }
    let leave: () => void;
    try {
      leave = await this.#gates[kind].enter({
        person: actor.type === 'user' ? actor.userRef : undefined,
        signal: client.signal,
      });
    } catch (error) {
      res.off('close', onClose);
      throw error;
    }
    const seconds =
      kind === 'push-head' ? HEAD_SECONDS : this.#limits.transferTimeout;
    const time = new AbortController();
    const timer = setTimeout(
      () =>
        time.abort(
          new SlowClientError(
            kind === 'push-head'
              ? `Nothing of a push came within ${seconds} seconds; push again`
              : `The transfer took longer than ${seconds} seconds and was ended; try again, or push in smaller parts`,
          ),
        ),
      seconds * 1000,
    );
    return {
      signal:
        kind === 'push'
          ? time.signal
          : AbortSignal.any([time.signal, client.signal]),
      leave: () => {
        clearTimeout(timer);
        res.off('close', onClose);
        leave();
      },
    };
  }

  /** Answers the advertisement of refs, and clone and fetch. */
  async fetch(exchange: Exchange): Promise<void> {
    const { signal, leave } = await this.enter(
      'fetch',
      exchange.res,
      exchange.actor,
    );
    try {
      await this.exchange({ ...exchange, signal });
    } finally {
      leave();
    }
  }

  /**
   * Runs `git http-backend` once and returns when it has ended; the response is complete but not ended
   * when `feed` was given, so that the caller may still do something before the client goes on.
   */
  async exchange(exchange: Exchange): Promise<void> {
    const { req, res } = exchange;
    const child = this.#start(exchange);
    const closed = once(child, 'close');
    closed.catch(() => {});
    let stderr = '';
    child.stderr.on('data', chunk => {
      stderr = (stderr + chunk.toString('utf8')).slice(-2048);
    });
    child.stdin.on('error', () => {});
    const fed = exchange.feed
      ? exchange.feed(child)
      : pipeline(req, child.stdin).catch(() => {});

    const head = await readCgiHead(child.stdout);
    if (!head) {
      await closed;
      exchange.signal?.throwIfAborted();
      this.#logger.error(
        `git http-backend failed for ${exchange.repository.owner}/${
          exchange.repository.name
        }: ${stderr.trim()}`,
      );
      throw new ServiceUnavailableError('Git could not answer; try again');
    }
    if (!res.destroyed) {
      res.status(head.status);
      head.headers.forEach(([name, value]) => res.setHeader(name, value));
      // Not before git says something: some clients stop sending when an answer begins.
      if (head.rest.length > 0) {
        res.write(head.rest);
      }
    }
    await pipeline(child.stdout, res, { end: false }).catch(() => {
      // The client is gone; what git still writes goes nowhere, so that it can finish.
      child.stdout.resume();
    });
    await closed;
    await fed;
    if (!exchange.feed) {
      res.end();
    }
  }

  #start(exchange: Exchange): ChildProcessWithoutNullStreams {
    const { req, repository } = exchange;
    const header = (name: string) => req.get(name) ?? '';
    return this.#git.start(['http-backend'], {
      signal: exchange.signal,
      config: {
        'http.receivepack': String(exchange.service === 'git-receive-pack'),
        'http.uploadpack': 'true',
        'http.getanyfile': 'false',
        ...exchange.config,
      },
      env: {
        GIT_PROJECT_ROOT: this.#folders.root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: `/${repository.owner}/${repository.name}.git/${exchange.path}`,
        REQUEST_METHOD: req.method,
        QUERY_STRING:
          exchange.path === 'info/refs' ? `service=${exchange.service}` : '',
        CONTENT_TYPE: header('content-type'),
        REMOTE_USER: actorName(exchange.actor),
        REMOTE_ADDR: req.socket.remoteAddress ?? '',
        SERVER_PROTOCOL: 'HTTP/1.1',
        // A push is unpacked before git sees it, because its first lines are read here.
        ...(exchange.feed
          ? {}
          : { HTTP_CONTENT_ENCODING: header('content-encoding') }),
        ...protocol(header('git-protocol')),
      },
    });
  }
}

/** `Git-Protocol: version=2`, and nothing but the form that git defines. */
function protocol(value: string): Record<string, string> {
  return /^[a-z0-9=:.]{1,64}$/.test(value) ? { HTTP_GIT_PROTOCOL: value } : {};
}
