import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { takeLock } from '../../bootstrap/lock';
import { endOrphans } from '../../bootstrap/processes';
import { freshLog, say, step, tail } from '../../bootstrap/progress';
import { ensureAppBuilt } from '../app/buildApp';
import { startBackend } from '../backend/startBackend';
import { clusterConfig } from '../cluster';
import type { LocalOptions } from '../options';
import { buildOverlay } from '../overlay/buildOverlay';
import { completeSecrets, readEarlierOverlay } from '../overlay/secrets';
import { startPostgres } from '../postgres/startPostgres';
import { freePort, isPortFree } from '../processes/freePort';
import type { ManagedProcess } from '../processes/spawnManaged';
import { writeFileAtomic } from '../writeFileAtomic';
import { stopRequest } from './stopRequest';

/**
 * Starts the portal and stays until it is asked to stop.
 * @returns the exit status
 * @internal
 */
export async function start(
  options: LocalOptions,
  { watch }: { watch: boolean },
): Promise<number> {
  const url = `http://localhost:${options.port}`;
  const stopping = stopRequest();
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  const lock = await takeLock(join(options.home, 'run', 'portal.json'), {
    url,
    startedAt: new Date().toISOString(),
  });
  if ('holder' in lock) {
    say(
      `The portal is running already: ${lock.holder.url} (process ${lock.holder.pid}). ./portal stop ends it.`,
    );
    return 1;
  }
  const running: ManagedProcess[] = [];
  try {
    const orphans = await endOrphans(options.home);
    if (orphans.length) {
      say(`Ended what a killed start had left: ${orphans.join(', ')}.`);
    }
    if (!(await isPortFree(options.port))) {
      say(
        `Port ${options.port} is taken by another program. Start with another one: ./portal start --port ${options.port + 1}`,
      );
      return 1;
    }
    return await run(options, { watch, url, stopping, running });
  } finally {
    for (const child of running.reverse()) await child.end();
    lock.release();
  }
}

interface Run {
  watch: boolean;
  url: string;
  stopping: AbortController;
  running: ManagedProcess[];
}

async function run(options: LocalOptions, { watch, url, stopping, running }: Run) {
  const began = Date.now();
  const { signal } = stopping;
  const earlier = readEarlierOverlay(options.overlayFile);
  const secrets = completeSecrets(earlier.secrets);
  const postgresPort = await freePort(earlier.postgresPort);
  const overlay = buildOverlay({
    home: options.home,
    port: options.port,
    postgresPort,
    secrets,
    cluster: await clusterConfig(options.home),
  });
  await writeFileAtomic(options.overlayFile, stringify(overlay));
  await mkdir(join(options.home, 'techdocs'), { recursive: true });

  const database = step('Starting PostgreSQL', () =>
    startPostgres({
      home: options.home,
      port: postgresPort,
      password: secrets.postgresPassword,
      passwordIsNew: !earlier.secrets.postgresPassword,
      logFile: freshLog(options.logDirectory, 'postgres.log'),
    }),
  ).then(server => running.push(server));
  await Promise.all([database, ensureAppBuilt({ ...options, signal })]);
  if (signal.aborted) return 0;

  const backendLog = freshLog(options.logDirectory, 'backend.log');
  const backend = await step('Starting the backend', () =>
    startBackend({
      ...options,
      watch,
      logFile: backendLog,
      signal,
    }),
  );
  running.push(backend);
  if (signal.aborted) return 0;
  say(`\nThe portal is ready after ${Math.round((Date.now() - began) / 1000)} s: ${url}\n`);

  const reason = await Promise.race([
    new Promise<undefined>(resolve => signal.addEventListener('abort', () => resolve(undefined))),
    backend.exited,
  ]);
  if (reason === undefined) {
    say('Stopping ...');
    return 0;
  }
  say(`The backend has ended unexpectedly (${reason.signal ?? `status ${reason.code}`}):\n${tail(backendLog, 20)}\nFull log: ${backendLog}`);
  return 1;
}
