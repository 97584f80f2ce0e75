import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { ServiceUnavailableError } from '@backstage/errors';
import { GitError } from './GitError';

/** What a git process may be told besides its arguments. */
export type GitProcessOptions = {
  readonly gitDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Settings for this process alone, above all others. */
  readonly config?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

const MAX_OUTPUT = 32 * 1024 * 1024;

/** Settings for every git process, so that nothing of the machine or a repository changes what git does. */
const SETTINGS: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.quotePath': 'false',
  'core.logAllRefUpdates': 'false',
  'safe.directory': '*',
  'protocol.allow': 'never',
  'transfer.fsckObjects': 'true',
  'uploadpack.allowFilter': 'true',
  // Housekeeping runs after the push, as a process of ours that stops with us.
  'receive.autogc': 'false',
  'gc.auto': '0',
  'gc.autoDetach': 'false',
};

/**
 * Starts git with an environment of its own, keeps track of every process, and ends them all on shutdown.
 * @internal
 */
export class GitProcesses {
  readonly #running = new Set<ChildProcessWithoutNullStreams>();
  readonly #home: string;
  #closed = false;

  constructor(options: { home: string }) {
    this.#home = options.home;
  }

  /** Starts git; each process leads a group of its own so that what it starts ends with it. */
  start(
    args: readonly string[],
    options: GitProcessOptions = {},
  ): ChildProcessWithoutNullStreams {
    if (this.#closed) {
      throw new ServiceUnavailableError('The portal is shutting down');
    }
    const child = spawn('git', args, {
      cwd: this.#home,
      env: { ...this.#environment(options), ...options.env },
      detached: true,
      stdio: 'pipe',
    });
    this.#running.add(child);
    const onAbort = () => this.end(child);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const onEnd = () => {
      this.#running.delete(child);
      options.signal?.removeEventListener('abort', onAbort);
    };
    child.once('close', onEnd);
    child.once('error', onEnd);
    if (options.signal?.aborted) {
      onAbort();
    }
    return child;
  }

  /**
   * Runs git to its end and returns what it wrote.
   * @throws GitError when git fails or writes more than 32 MiB.
   */
  async run(
    args: readonly string[],
    options: GitProcessOptions & { input?: string; maxOutput?: number } = {},
  ): Promise<Buffer> {
    const child = this.start(args, options);
    const limit = options.maxOutput ?? MAX_OUTPUT;
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        this.end(child);
      } else {
        chunks.push(chunk);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-4096);
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);

    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    options.signal?.throwIfAborted();
    if (size > limit) {
      throw new GitError(args, 'the answer is too large', undefined);
    }
    if (code !== 0) {
      throw new GitError(args, stderr, code ?? undefined);
    }
    return Buffer.concat(chunks);
  }

  /** Ends a process and what it started, politely first: git removes its temporary objects then. */
  end(child: ChildProcessWithoutNullStreams): void {
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
    timer.unref();
    child.once('close', () => clearTimeout(timer));
  }

  /** Ends every process and starts no other. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#running].map(
        child =>
          new Promise<void>(resolve => {
            child.once('close', () => resolve());
            this.end(child);
          }),
      ),
    );
  }

  #environment(options: GitProcessOptions): Record<string, string> {
    const settings = Object.entries({ ...SETTINGS, ...options.config });
    return {
      PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
      HOME: this.#home,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_CONFIG_COUNT: String(settings.length),
      ...Object.fromEntries(
        settings.flatMap(([key, value], index) => [
          [`GIT_CONFIG_KEY_${index}`, key],
          [`GIT_CONFIG_VALUE_${index}`, value],
        ]),
      ),
      ...(options.gitDir ? { GIT_DIR: options.gitDir } : {}),
    };
  }
}

function signalGroup(
  child: ChildProcessWithoutNullStreams,
  signal: NodeJS.Signals,
): void {
  if (child.pid === undefined || child.exitCode !== null) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
