import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from '../../bootstrap/lock';
import { freshLog, lastWords, say, step } from '../../bootstrap/progress';
import { spawnManaged } from '../processes/spawnManaged';
import { writeFileAtomic } from '../writeFileAtomic';
import { appSourceHash } from './sourceHash';

/** @internal */
export interface BuildAppOptions {
  root: string;
  home: string;
  cacheDirectory: string;
  logDirectory: string;
  signal: AbortSignal;
}

/**
 * Builds the app where its sources have changed since it was last built completely.
 * @throws Error with the end of the log
 * @internal
 */
export async function ensureAppBuilt(options: BuildAppOptions): Promise<void> {
  if (isBuilt(options.root)) return;
  const key = createHash('sha256').update(options.root).digest('hex');
  const release = await waitForLock(
    join(options.cacheDirectory, 'locks', `build-${key.slice(0, 12)}`),
    holder =>
      say(`Another ./portal (process ${holder.pid}) is building; waiting ...`),
  );
  try {
    if (isBuilt(options.root) || options.signal.aborted) return;
    await step('Building the app', () => build(options));
  } finally {
    release();
  }
}

/** @internal */
export function isBuilt(root: string): boolean {
  if (!existsSync(join(root, 'packages/app/dist/index.html'))) return false;
  try {
    return readFileSync(stampFile(root), 'utf8') === appSourceHash(root);
  } catch {
    return false;
  }
}

function stampFile(root: string): string {
  return join(root, 'node_modules/.cache/waymark/app-build');
}

async function build(options: BuildAppOptions): Promise<void> {
  const { root, home, signal } = options;
  const log = freshLog(options.logDirectory, 'build.log');
  const hash = appSourceHash(root); // before: what changes meanwhile is built next time
  rmSync(stampFile(root), { force: true });
  const builder = await spawnManaged({
    home,
    name: 'app build',
    command: process.execPath,
    args: [
      require.resolve('@backstage/cli/bin/backstage-cli', { paths: [root] }),
      'package',
      'build',
    ],
    cwd: join(root, 'packages/app'),
    env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
    logFile: log,
  });
  const stop = () => void builder.end();
  signal.addEventListener('abort', stop, { once: true });
  const { code } = await builder.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new Error(`Building the app failed:\n${lastWords(log, 25)}`);
  }
  await writeFileAtomic(stampFile(root), hash);
}
