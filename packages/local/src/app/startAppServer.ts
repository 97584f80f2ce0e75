import { join } from 'node:path';
import { freshLog, lastWords, step } from '../../bootstrap/progress';
import { pause } from '../../bootstrap/processes';
import type { LocalOptions } from '../options';
import type { Running } from '../processes/Running';
import { ManagedProcess, spawnManaged } from '../processes/spawnManaged';
import { APP_DEVELOPMENT_PORT } from '../start/ports';

const READY_WITHIN_MS = 180_000;

/**
 * Serves the app with hot reload, as `./portal dev` does.
 * @internal
 */
export async function startAppServer(
  options: LocalOptions & { running: Running; signal: AbortSignal },
): Promise<void> {
  const { root, home, running, signal } = options;
  const log = freshLog(options.logDirectory, 'app.log');
  await step('Starting the development server of the app', async () => {
    const server = await spawnManaged({
      home,
      name: 'app development server',
      command: process.execPath,
      args: [
        require.resolve('@backstage/cli/bin/backstage-cli', { paths: [root] }),
        'package',
        'start',
        ...['--config', join(root, 'app-config.yaml')],
        ...['--config', options.overlayFile],
      ],
      cwd: join(root, 'packages/app'),
      env: { ...process.env, BROWSER: 'none', NODE_ENV: 'development' },
      logFile: log,
    });
    running.add(server, log);
    await answers(server, log, signal);
  });
}

async function answers(
  server: ManagedProcess,
  log: string,
  signal: AbortSignal,
) {
  let gone = false;
  void server.exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!gone && Date.now() < deadline) {
    signal.throwIfAborted();
    const response = await fetch(
      `http://127.0.0.1:${APP_DEVELOPMENT_PORT}/`,
    ).catch(() => undefined);
    if (response?.ok) return;
    await pause(300);
  }
  signal.throwIfAborted();
  throw new Error(
    `The development server of the app ${
      gone ? 'ended while starting' : 'did not get ready'
    }:\n${lastWords(log, 20)}`,
  );
}
