import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  freshLog,
  lastWords,
  say,
  seconds,
  step,
} from '../../bootstrap/progress';
import { startAppServer } from '../app/startAppServer';
import { ensureAppBuilt } from '../app/buildApp';
import { startBackend } from '../backend/startBackend';
import { clusterConfig } from '../cluster';
import { ensureMkdocs } from '../docs/ensureMkdocs';
import type { LocalOptions } from '../options';
import { buildOverlay } from '../overlay/buildOverlay';
import { completeSecrets, readEarlierOverlay } from '../overlay/secrets';
import { startPostgres } from '../postgres/startPostgres';
import { freePort } from '../processes/freePort';
import { Ended, Running } from '../processes/Running';
import { statusFile } from '../status/statusFile';
import { writeFileAtomic } from '../writeFileAtomic';
import { peopleText, readyText } from './readyText';
import { seedSample } from './seedSample';
import { superviseCluster } from './superviseCluster';

/** @internal */
export interface RunOptions {
  watch: boolean;
  url: string;
  signal: AbortSignal;
}

/**
 * Brings everything up, waits for a stop request or for something to break, and takes everything down again.
 * @returns the exit status
 * @internal
 */
export async function runPortal(
  options: LocalOptions,
  run: RunOptions,
): Promise<number> {
  const failure = failureWatch();
  const signal = AbortSignal.any([run.signal, failure.signal]);
  const running = new Running();
  try {
    await bringUp(options, { ...run, signal }, running);
    const broken = await running.firstToEnd(signal);
    if (broken) throw new Error(brokenText(broken));
    failure.signal.throwIfAborted();
    return 0;
  } catch (error) {
    if (run.signal.aborted) return 0; // what was cut short failed because of that
    throw failure.signal.aborted ? failure.signal.reason : error;
  } finally {
    if (run.signal.aborted) say('Stopping ...');
    failure.abort(); // whatever is still coming up
    await running.endAll();
    if (run.signal.aborted) say('Stopped.');
  }
}

// What nobody has caught, a full disk for example, must not leave half a portal running.
function failureWatch(): AbortController {
  const failure = new AbortController();
  process.on('uncaughtException', error => {
    if (failure.signal.aborted) return;
    failure.abort(error);
  });
  return failure;
}

async function bringUp(
  options: LocalOptions,
  run: RunOptions,
  running: Running,
): Promise<void> {
  const { home, port, logDirectory } = options;
  const { signal, watch } = run;
  const began = Date.now();
  const earlier = readEarlierOverlay(options.overlayFile);
  const secrets = completeSecrets(earlier.secrets);
  const postgresPort = await freePort(earlier.postgresPort);
  const overlay = buildOverlay({
    home,
    port,
    metricsPort: options.metricsPort,
    watch,
    postgresPort,
    secrets,
    cluster: await clusterConfig(home),
  });
  await writeFileAtomic(options.overlayFile, stringify(overlay));
  await mkdir(join(home, 'techdocs'), { recursive: true });

  const cluster = superviseCluster({ ...options, signal });
  running.addPart(cluster.end);
  const docs = statusFile(join(home, 'docs-status.json'));
  const postgresLog = freshLog(logDirectory, 'postgres.log');
  const database = step('Starting PostgreSQL', () =>
    startPostgres({
      home,
      port: postgresPort,
      password: secrets.postgresPassword,
      passwordIsNew: !earlier.secrets.postgresPassword,
      logFile: postgresLog,
    }),
  ).then(server => running.add(server, postgresLog));
  await allSettledOrThrow([
    database,
    watch
      ? startAppServer({ ...options, running, signal })
      : ensureAppBuilt({ ...options, signal }),
  ]);
  signal.throwIfAborted();
  cluster.begin(); // after the app's build: both want every core

  const backendLog = freshLog(logDirectory, 'backend.log');
  await step('Starting the backend', async () => {
    const backend = await startBackend({
      ...options,
      watch,
      logFile: backendLog,
      signal,
    });
    running.add(backend, backendLog);
    await backend.ready;
  });
  signal.throwIfAborted();
  const ready = readyText({
    url: overlay.app.baseUrl,
    took: seconds(began),
    logDirectory,
    cluster: cluster.latest(),
  });
  say(`\n${ready}\n`);
  const people = peopleText(run.url, signal).then(
    text => text && say(`${text}\n`),
  );
  const docsTools = ensureMkdocs({ ...options, signal, report: docs.report });
  const sample = seedSample({
    ...options,
    baseUrl: run.url,
    serviceToken: secrets.serviceToken,
    signal,
  });
  running.addPart(async () => {
    await Promise.all([people, docsTools, sample]);
  });
}

// Whatever of them has started is known to `running` by then, and is ended there.
async function allSettledOrThrow(work: Promise<unknown>[]) {
  const results = await Promise.allSettled(work);
  const failed = results.find(result => result.status === 'rejected');
  if (failed) throw failed.reason;
}

function brokenText({ name, how, logFile }: Ended): string {
  const hint =
    how === 'SIGKILL' ? `${how}, as when the machine runs out of memory` : how;
  return `The ${name} has ended unexpectedly (${hint}), so the portal stops. Its last words:\n${lastWords(
    logFile,
    20,
  )}`;
}
