import { join } from 'node:path';
import { freshLog, step, tail } from '../../bootstrap/progress';
import { runManaged } from '../processes/runManaged';
import type { TestRun } from './TestRun';

/** @internal */
export async function types(run: TestRun): Promise<void> {
  await check(run, 'Types', ['typescript/bin/tsc', ['--pretty', 'false']]);
}

/** @internal */
export async function lint(run: TestRun): Promise<void> {
  await check(run, 'Lint', [
    '@backstage/cli/bin/backstage-cli',
    ['repo', 'lint', '--max-warnings', '0', '--format', 'unix'],
  ]);
  await check(run, 'Formatting', [
    'prettier/bin-prettier.js',
    ['--check', '--loglevel', 'warn', '.'],
  ]);
}

/** One check counts as one: these tools have no tests to count. */
async function check(
  { options, tally, home, signal }: TestRun,
  name: string,
  [program, args]: [string, string[]],
) {
  const log = freshLog(join(home, 'logs'), `${name.toLowerCase()}.log`);
  try {
    await step(name, () =>
      runManaged({
        home,
        name,
        command: process.execPath,
        args: [require.resolve(program, { paths: [options.root] }), ...args],
        cwd: options.root,
        env: {
          ...process.env,
          CI: 'true',
          NODE_OPTIONS: '--max-old-space-size=4096',
        },
        logFile: log,
        abort: signal,
      }),
    );
    tally.add({ passed: 1 });
  } catch {
    signal.throwIfAborted();
    process.stdout.write(`${tail(log, 60)}\n`);
    tally.fail(`${name.toLowerCase()}: what is wrong stands above`);
  }
}
