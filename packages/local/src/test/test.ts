import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../../bootstrap/progress';
import type { LocalOptions } from '../options';
import { Running } from '../processes/Running';
import { stopRequest } from '../start/stopRequest';
import { browser } from './browser';
import { lint, types } from './checks';
import { testCluster } from './cluster';
import { jest } from './jest';
import { Tally } from './Tally';
import type { TestRun } from './TestRun';

/** In the order they are run: what fails fast comes first. */
const PARTS: Record<string, (run: TestRun) => Promise<void>> = {
  types,
  lint,
  unit: run => jest(run, { needsCluster: false }),
  cluster: run => jest(run, { only: '[Cc]luster', needsCluster: true }),
  browser,
};

/**
 * Runs everything that CI runs, or the parts that are named, and ends with the counts in one line.
 * @returns the exit status: 0 only when nothing failed
 * @internal
 */
export async function test(options: LocalOptions): Promise<number> {
  const unknown = options.positionals.find(part => !PARTS[part]);
  if (unknown) {
    throw new Error(
      `There is no part "${unknown}" of the tests: ${Object.keys(PARTS).join(
        ', ',
      )}.`,
    );
  }
  const signal = stopRequest();
  const home = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  await chmod(home, 0o711); // PostgreSQL's account passes through, when root runs this
  const tally = new Tally();
  try {
    for (const part of partsToRun(options.positionals)) {
      await runPart(part, { options, home, tally, signal });
      if (signal.aborted) return 130;
    }
  } finally {
    if (tally.failed) say(`Logs are kept in ${home}.`);
    else await rm(home, { recursive: true, force: true });
  }
  process.stdout.write(`${tally.summary()}\n`);
  return tally.failed === 0 ? 0 : 1;
}

// What a part needs running ends with it: two control planes at once are more than a small machine has room for.
async function runPart(
  part: (run: TestRun) => Promise<void>,
  shared: Pick<TestRun, 'options' | 'home' | 'tally' | 'signal'>,
) {
  const running = new Running();
  try {
    const kubeconfig = testCluster({ ...shared, running });
    await part({ ...shared, running, kubeconfig });
  } catch (error) {
    if (!shared.signal.aborted) shared.tally.fail((error as Error).message);
  } finally {
    await running.endAll();
  }
}

function partsToRun(names: string[]) {
  if (names.length) return names.map(name => PARTS[name]);
  const everything = (run: TestRun) => jest(run, { needsCluster: true });
  return [types, lint, everything, browser];
}
