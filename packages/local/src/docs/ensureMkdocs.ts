import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitForLock } from '../../bootstrap/lock';
import { freshLog, say } from '../../bootstrap/progress';
import { runManaged } from '../processes/runManaged';
import type { PartStatus } from '../status/statusFile';
import { writeFileAtomic } from '../writeFileAtomic';
import { cachedMkdocs, findMkdocs } from './findMkdocs';

/** Pinned: pages look the same everywhere. */
const PACKAGES = ['mkdocs==1.6.1', 'mkdocs-material==9.6.14'];
const MISSING =
  'Docs pages need mkdocs with its material theme. Install them with "pip install mkdocs mkdocs-material" or, on Debian and Ubuntu, "sudo apt-get install mkdocs mkdocs-material", and start the portal again.';

/** @internal */
export interface EnsureMkdocsOptions {
  home: string;
  cacheDirectory: string;
  logDirectory: string;
  signal: AbortSignal;
  report(status: PartStatus): void;
}

/**
 * Puts a working mkdocs into the data folder's `bin`, which is on the backend's PATH; fetches one where there is none.
 * Never rejects: a portal without it works, and says on its Docs page what to install.
 * @internal
 */
export async function ensureMkdocs(
  options: EnsureMkdocsOptions,
): Promise<void> {
  const { report, signal } = options;
  try {
    const found =
      (await findMkdocs(options.cacheDirectory)) ??
      (await fetchMkdocs(options));
    if (signal.aborted) return;
    if (found) {
      await offer(found, options.home);
      report({ state: 'ready', message: 'Docs pages can be built.' });
      return;
    }
  } catch {
    if (signal.aborted) return;
  }
  report({ state: 'missing', message: MISSING });
  say(MISSING);
}

// A wrapper: pyenv and virtual environments look at the name they were started by.
async function offer(mkdocs: string, home: string) {
  const file = join(home, 'bin', 'mkdocs');
  await writeFileAtomic(file, `#!/bin/sh\nexec '${mkdocs}' "$@"\n`);
  await chmod(file, 0o700);
}

async function fetchMkdocs(
  options: EnsureMkdocsOptions,
): Promise<string | undefined> {
  const { cacheDirectory, report } = options;
  report({ state: 'installing', message: 'Fetching mkdocs for docs pages.' });
  say('Fetching mkdocs for docs pages, meanwhile ...');
  const release = await waitForLock(join(cacheDirectory, 'locks', 'mkdocs'));
  try {
    for (const fetch of [fromPackageIndex, fromDebian]) {
      const had = await fetch(options).then(
        () => true,
        () => false,
      );
      options.signal.throwIfAborted();
      const found = had ? await findMkdocs(cacheDirectory) : undefined;
      if (found) return found;
    }
    return undefined;
  } finally {
    release();
  }
}

// The environment's scripts name their interpreter by its full path: it is made in place, and is only used once it
// has built a page.
async function fromPackageIndex(options: EnsureMkdocsOptions) {
  const place = join(options.cacheDirectory, 'mkdocs');
  if (existsSync(cachedMkdocs(options.cacheDirectory))) {
    await rename(place, `${place}.broken`);
    await rm(`${place}.broken`, { recursive: true, force: true });
  }
  await mkdir(options.cacheDirectory, { recursive: true });
  const log = freshLog(options.logDirectory, 'mkdocs.log');
  await command(options, log, 'python3', ['-m', 'venv', '--clear', place]);
  await command(options, log, join(place, 'bin', 'python3'), [
    '-m',
    'pip',
    'install',
    '--no-input',
    '--retries=1',
    '--timeout=20',
    ...PACKAGES,
  ]);
}

async function fromDebian(options: EnsureMkdocsOptions) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('not a Debian system, or not root');
  }
  say(
    'Installing the Debian packages mkdocs and mkdocs-material: docs pages need them, and no Python package index could be used.',
  );
  const log = freshLog(options.logDirectory, 'mkdocs-apt.log');
  await command(options, log, 'apt-get', ['-q', 'update']);
  await command(options, log, 'apt-get', [
    'install',
    '-qy',
    '--no-install-recommends',
    'mkdocs',
    'mkdocs-material',
  ]);
}

function command(
  options: EnsureMkdocsOptions,
  logFile: string,
  program: string,
  args: string[],
) {
  return runManaged({
    home: options.home,
    name: 'mkdocs installation',
    command: program,
    args,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    logFile,
    nice: true,
    abort: options.signal,
  });
}
