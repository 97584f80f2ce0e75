import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../bootstrap/paths';
import { freshLog, tail } from '../../bootstrap/progress';
import { spawnManaged } from '../processes/spawnManaged';
import { builtBinaries, clusterPaths } from './paths';

/** What {@link buildBinaries} takes. @internal */
export interface BuildOptions {
  readonly home: string;
  readonly cacheDirectory: string;
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

const POLL_MS = 500;

/**
 * Builds the control plane from Debian's packages into the cache, at low priority.
 * @throws Error with a sentence where this machine cannot
 * @internal
 */
export async function buildBinaries(options: BuildOptions): Promise<void> {
  const { home, cacheDirectory, report, signal } = options;
  const log = freshLog(clusterPaths(home).logs, 'cluster-build.log');
  const build = await spawnManaged({
    home,
    name: 'control plane build',
    command: 'bash',
    args: [
      join(repositoryRoot, 'packages/local/src/cluster/build-from-debian.sh'),
      builtBinaries(cacheDirectory),
    ],
    nice: true,
    logFile: log,
  });
  const stop = () => void build.end();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }
  const progress = setInterval(() => {
    void latestStep(log).then(message => message && report(message));
  }, POLL_MS);
  const { code } = await build.exited;
  clearInterval(progress);
  signal.removeEventListener('abort', stop);
  if (code !== 0 && !signal.aborted) {
    throw new Error(`${reason(log)} Full log: ${log}`);
  }
}

/** The latest line that the script wrote for people: `step 3/9 unpacking`, or that it waits for another build. */
async function latestStep(log: string): Promise<string | undefined> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n');
  const line = lines.findLast(each => /^(step \d|waiting for )/.test(each));
  const [, step, of, what] = /^step (\d+)\/(\d+) (.*)$/.exec(line ?? '') ?? [];
  return step
    ? `Building the local cluster, step ${step} of ${of}: ${what}`
    : line;
}

function reason(log: string): string {
  const last = tail(log, 40);
  const said = /^error: (.*)$/m.exec(last)?.[1];
  if (/no space left on device/i.test(last)) {
    return 'The disk is full: free 5 GB and start again.';
  }
  return said ? `${said}.` : 'The local cluster could not be built.';
}
