import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../../bootstrap/processes';
import { lastWords } from '../../bootstrap/progress';
import { ManagedProcess, spawnManaged } from '../processes/spawnManaged';

/** @internal */
export interface BackendOptions {
  root: string;
  home: string;
  port: number;
  overlayFile: string;
  logFile: string;
  /** Restarts on every change of the code. */
  watch: boolean;
  signal: AbortSignal;
}

/** The first start migrates fifteen databases. */
const READY_WITHIN_MS = 300_000;

/** Its work is put down within a second; then it waits for connections, and its own event bus holds some for a minute. */
const GRACE_MS = 4_000;

/**
 * Starts the backend.
 * @returns the process, and `ready`, which rejects with the end of the log when it does not come to answer
 * @internal
 */
export async function startBackend(
  options: BackendOptions,
): Promise<ManagedProcess & { ready: Promise<void> }> {
  const { root, home } = options;
  const configs = [
    join(root, 'app-config.yaml'),
    join(root, 'app-config.local.yaml'), // what somebody set for this checkout, such as a cluster of their own
    options.overlayFile,
  ].filter(existsSync);
  const backend = await spawnManaged({
    home,
    name: 'backend',
    command: process.execPath,
    args: [
      ...(options.watch ? ['--watch', '--watch-preserve-output'] : []),
      '--enable-source-maps',
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'packages/backend/src/index.ts'),
      ...configs.flatMap(config => ['--config', config]),
    ],
    cwd: join(root, 'packages/backend'),
    env: {
      ...process.env,
      // no stack traces in answers
      NODE_ENV: options.watch ? 'development' : 'production',
      PATH: `${join(home, 'bin')}:${process.env.PATH}`,
      NO_COLOR: '1',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    },
    logFile: options.logFile,
    graceMs: GRACE_MS,
  });
  const ready = becomesReady(backend, options);
  ready.catch(() => undefined); // whoever waits for it gets it
  return { ...backend, ready };
}

async function becomesReady(backend: ManagedProcess, options: BackendOptions) {
  const url = `http://127.0.0.1:${options.port}/.backstage/health/v1/readiness`;
  let gone = false;
  backend.exited.then(
    () => {
      gone = true;
    },
    () => undefined,
  );
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!gone && !options.signal.aborted && Date.now() < deadline) {
    if (await isReady(url)) return;
    await pause(200);
  }
  options.signal.throwIfAborted();
  throw new Error(
    `The backend ${
      gone ? 'ended while starting' : 'did not get ready'
    }:\n${lastWords(options.logFile, 25)}`,
  );
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}
