import { appendFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freshLog, say, step } from '../../bootstrap/progress';
import { adminKubeconfig, startCluster } from '../cluster';
import type { LocalOptions } from '../options';
import type { Running } from '../processes/Running';
import { writeFileAtomic } from '../writeFileAtomic';

/**
 * A control plane for tests, started when it is first asked for and ended with the run. `WAYMARK_TEST_KUBECONFIG`
 * names another one to use.
 * @internal
 */
export function testCluster(run: {
  options: LocalOptions;
  home: string;
  running: Running;
  signal: AbortSignal;
}): () => Promise<string | undefined> {
  let started: Promise<string | undefined> | undefined;
  return () => {
    started ??= process.env.WAYMARK_TEST_KUBECONFIG
      ? Promise.resolve(process.env.WAYMARK_TEST_KUBECONFIG)
      : step('Local cluster', () => start(run)).catch((error: Error) => {
          run.signal.throwIfAborted();
          say(`Local cluster: ${error.message}`);
          return undefined;
        });
    return started;
  };
}

async function start({
  options,
  home: testHome,
  running,
  signal,
}: Parameters<typeof testCluster>[0]): Promise<string | undefined> {
  const home = join(testHome, 'cluster-tests');
  await mkdir(home, { recursive: true, mode: 0o711 });
  const log = freshLog(join(home, 'logs'), 'cluster.log');
  let last = '';
  const ready = deferred<boolean>();
  const cluster = startCluster({
    home,
    cacheDir: options.cacheDirectory,
    signal,
    log: line => appendFileSync(log, `${line}\n`),
    report: ({ state, message }) => {
      if (message !== last) say(`Local cluster: ${message}`);
      last = message;
      if (state === 'ready') ready.resolve(true);
      if (state === 'error' || state === 'absent') ready.resolve(false);
    },
  });
  running.addPart(async () => (await cluster)?.stop());
  cluster.then(
    handle => handle === undefined && ready.resolve(false),
    ready.reject,
  );
  if (!(await ready.promise)) return undefined;
  const file = join(home, 'admin.kubeconfig');
  await writeFileAtomic(file, await adminKubeconfig(home));
  return file;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
