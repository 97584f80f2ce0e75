import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../../bootstrap/processes';
import { freshLog, step, tail } from '../../bootstrap/progress';
import { adminKubeconfig } from '../cluster';
import { freePort } from '../processes/freePort';
import { ManagedProcess, spawnManaged } from '../processes/spawnManaged';
import { streamManaged } from '../processes/streamManaged';
import { writeFileAtomic } from '../writeFileAtomic';
import { findOrInstall } from './debianPackage';
import type { Tally } from './Tally';
import type { TestRun } from './TestRun';

const CHROMIUM = {
  package: 'chromium',
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
  ],
  variable: 'WAYMARK_CHROMIUM',
};
const PROMETHEUS = {
  package: 'prometheus',
  names: ['prometheus'],
  variable: 'WAYMARK_PROMETHEUS',
};
const CLUSTER_WITHIN_MS = 15 * 60_000;

/**
 * Goes through the portal with a browser, against one that is started for it with data of its own.
 * @internal
 */
export async function browser(run: TestRun): Promise<void> {
  const { options, tally, signal } = run;
  const directory = join(options.root, 'packages/local/e2e');
  const files = existsSync(directory)
    ? readdirSync(directory)
        .filter(name => name.endsWith('.e2e.ts'))
        .sort()
    : [];
  if (files.length === 0) return;
  const chromium = await findOrInstall(CHROMIUM, run);
  if (!chromium) {
    const tests = files
      .map(name => readFileSync(join(directory, name), 'utf8'))
      .join('\n')
      .match(/^\s*(?:await )?(?:test|it)\(/gm);
    tally.skip(
      tests?.length ?? files.length,
      'the browser tests, as there is no Chromium (on Debian and Ubuntu: apt-get install chromium)',
    );
    return;
  }
  const home = join(run.home, 'portal');
  const port = await freePort();
  const metricsPort = await freePort();
  const portal = await startPortal(run, home, { port, metricsPort });
  try {
    const env = {
      ...(await environment(home, port, chromium, signal, run)),
      WAYMARK_METRICS_URL: `http://127.0.0.1:${metricsPort}/metrics`,
      WAYMARK_PROMETHEUS: await findOrInstall(PROMETHEUS, run),
    };
    const tap = join(run.home, 'browser.tap');
    await step('Browser tests', () =>
      streamManaged({
        home: run.home,
        name: 'browser tests',
        command: process.execPath,
        args: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          ...['--test', '--test-concurrency=1', '--test-timeout=600000'],
          ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
          ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
          ...files.map(name => join(directory, name)),
        ],
        cwd: options.root,
        env,
        logFile: freshLog(join(run.home, 'logs'), 'browser.log'),
        abort: signal,
      }),
    );
    countTap(existsSync(tap) ? readFileSync(tap, 'utf8') : '', tally);
  } finally {
    await portal.end(60_000);
  }
}

async function startPortal(
  { options, home: testHome, signal, running }: TestRun,
  home: string,
  { port, metricsPort }: { port: number; metricsPort: number },
): Promise<ManagedProcess> {
  await mkdir(home, { recursive: true, mode: 0o711 });
  const log = freshLog(join(testHome, 'logs'), 'portal.log');
  return step(`Starting a portal on port ${port} for the browser`, async () => {
    const portal = await spawnManaged({
      home: testHome,
      name: 'portal under test',
      command: process.execPath,
      args: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(options.root, 'packages/local/src/main.ts'),
        ...['start', '--port', String(port)],
        ...['--metrics-port', String(metricsPort)],
      ],
      env: { ...process.env, WAYMARK_HOME: home, WAYMARK_PORT: '' },
      logFile: log,
    });
    running.addPart(() => portal.end(60_000));
    let gone = false;
    void portal.exited.then(() => {
      gone = true;
    });
    while (!/^Waymark is ready/m.test(tail(log, 200))) {
      signal.throwIfAborted();
      if (gone) throw new Error(`The portal did not start:\n${tail(log, 30)}`);
      await pause(300);
    }
    return portal;
  });
}

async function environment(
  home: string,
  port: number,
  chromium: string,
  signal: AbortSignal,
  run: TestRun,
): Promise<NodeJS.ProcessEnv> {
  const ready = await step('Waiting for the local cluster', () =>
    clusterReady(join(home, 'cluster', 'status.json'), signal),
  );
  const kubeconfig = join(run.home, 'portal.kubeconfig');
  if (ready) await writeFileAtomic(kubeconfig, await adminKubeconfig(home));
  return {
    ...process.env,
    WAYMARK_URL: `http://localhost:${port}`,
    WAYMARK_HOME: home,
    WAYMARK_CHROMIUM: chromium,
    WAYMARK_TEST_KUBECONFIG: ready ? kubeconfig : undefined,
  };
}

async function clusterReady(
  file: string,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + CLUSTER_WITHIN_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const state = stateIn(file);
    if (state === 'ready') return true;
    if (state === 'absent' || state === 'error') return false;
    await pause(500);
  }
  return false;
}

function stateIn(file: string): string | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).state;
  } catch {
    return undefined;
  }
}

/**
 * Counts by the summary that ends Node's TAP output.
 * @internal
 */
export function countTap(tap: string, tally: Tally): void {
  const count = (name: string) =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? NaN);
  const passed = count('pass');
  if (Number.isNaN(passed)) {
    tally.fail('the browser tests did not run to their end');
    return;
  }
  tally.add({
    passed,
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  });
}
