import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freshLog, step } from '../../bootstrap/progress';
import { ensureMkdocs } from '../docs/ensureMkdocs';
import { startPostgres } from '../postgres/startPostgres';
import { freePort } from '../processes/freePort';
import { streamManaged } from '../processes/streamManaged';
import type { Tally } from './Tally';
import type { TestRun } from './TestRun';

/** Names the database for `TestDatabases` of @backstage/backend-test-utils; the version is embedded PostgreSQL's. */
const DATABASE_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * Runs the workspaces' tests, against a real PostgreSQL and, where one can be had, a real Kubernetes API.
 * @internal
 */
export async function jest(
  run: TestRun,
  selection: { only?: string; needsCluster: boolean },
): Promise<void> {
  const { options, home, signal, tally } = run;
  const kubeconfig = selection.needsCluster
    ? await run.kubeconfig()
    : undefined;
  await docsTools(run);
  const result = join(home, 'jest.json');
  await step('Tests', async () =>
    streamManaged({
      home,
      name: 'jest',
      command: process.execPath,
      args: [
        require.resolve('@backstage/cli/bin/backstage-cli', {
          paths: [options.root],
        }),
        ...['repo', 'test', '--watchAll=false', '--passWithNoTests'],
        ...['--json', '--outputFile', result],
        // a small machine that does other things as well is slow, not wrong
        '--testTimeout=60000',
        ...(selection.only ? [`--testPathPatterns=${selection.only}`] : []),
      ],
      cwd: options.root,
      env: {
        ...process.env,
        CI: 'true',
        PATH: [join(home, 'bin'), process.env.PATH].join(delimiter),
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        [DATABASE_VARIABLE]: await database(run),
        ...(kubeconfig && { WAYMARK_TEST_KUBECONFIG: kubeconfig }),
      },
      logFile: freshLog(join(home, 'logs'), 'jest.log'),
      abort: signal,
    }),
  );
  countJest(read(result), tally);
}

/** The docs tests render with a real mkdocs; without one they count as skipped. */
async function docsTools({ home, options, signal }: TestRun): Promise<void> {
  await step('Docs tools', () =>
    ensureMkdocs({
      home,
      cacheDirectory: options.cacheDirectory,
      logDirectory: join(home, 'logs'),
      signal,
      report: () => {},
    }),
  );
}

async function database({ home, running }: TestRun): Promise<string> {
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const logFile = freshLog(join(home, 'logs'), 'postgres.log');
  const server = await startPostgres({
    home,
    port,
    password,
    passwordIsNew: true,
    logFile,
  });
  running.add(server, logFile);
  return `postgresql://postgres:${password}@127.0.0.1:${port}`;
}

/** @internal */
export interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Suites that broke before any of their tests ran. */
  numRuntimeErrorTestSuites: number;
}

/** @internal */
export function countJest(result: JestResult | undefined, tally: Tally): void {
  if (!result) {
    tally.fail('the tests did not run to their end');
    return;
  }
  tally.add({
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  });
}

function read(file: string): JestResult | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
