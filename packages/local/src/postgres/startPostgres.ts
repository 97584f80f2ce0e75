import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import {
  appendFile,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import {
  commandLine,
  endProcess,
  pause,
  processIdentity,
} from '../../bootstrap/processes';
import { lastWords } from '../../bootstrap/progress';
import { ManagedProcess, spawnManaged } from '../processes/spawnManaged';
import { findPlace, PostgresPlace } from './place';

const run = promisify(execFile);
const READY_WITHIN_MS = 60_000;

/**
 * What PostgreSQL is started with.
 * @internal
 */
export interface PostgresOptions {
  home: string;
  port: number;
  password: string;
  /** The password is not the one the data was made with. */
  passwordIsNew: boolean;
  logFile: string;
}

/**
 * Starts PostgreSQL on its data in the data folder, which is made when there is none.
 * @throws Error with the end of the log when it does not get ready
 * @internal
 */
export async function startPostgres(
  options: PostgresOptions,
): Promise<ManagedProcess> {
  const place = await findPlace(options.home);
  const data = join(place.base, 'postgres');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    await initialise(place, data, options);
  } else {
    await clearStaleServer(data);
    if (options.passwordIsNew) await setPassword(place, data, options);
  }
  await linkFromHome(options.home, data);
  const server = await spawnManaged({
    home: options.home,
    name: 'PostgreSQL',
    command: place.bin.postgres,
    args: ['-D', data, ...settings(options.port)],
    cwd: '/',
    env: environment(),
    logFile: options.logFile,
    account: place.account,
    signal: 'SIGINT', // fast shutdown: does not wait for clients
    last: true,
  });
  try {
    await becomesReady(server, options);
  } catch (error) {
    await server.end();
    throw error;
  }
  return server;
}

function settings(port: number): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300', // each plugin keeps a pool of its own
  ].flatMap(setting => ['-c', setting]);
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: process.env.TZ };
}

// Made beside its place and then renamed: what is there is whole.
async function initialise(
  place: PostgresPlace,
  data: string,
  options: PostgresOptions,
) {
  const draft = `${data}.new`;
  const scratch = await mkdtemp(join(tmpdir(), 'waymark-initdb-'));
  const passwordFile = join(scratch, 'password');
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    if (place.account) {
      const { uid, gid } = place.account;
      for (const path of [draft, scratch, passwordFile]) {
        await chown(path, uid, gid);
      }
    }
    const { stdout } = await run(
      place.bin.initdb,
      [
        `--pgdata=${draft}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { cwd: '/', env: environment(), ...place.account },
    );
    await appendFile(options.logFile, stdout);
    await rm(data, { recursive: true, force: true });
    await rename(draft, data);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

// Nobody else starts a server on this folder: one that a killed portal left is ended, and the file of a dead one
// is removed, since its process number may belong to somebody else by now.
async function clearStaleServer(data: string) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const identity = processIdentity(pid);
  if (identity && commandLine(pid).includes(data)) {
    await endProcess({ name: 'PostgreSQL', pid, identity, signal: 'SIGINT' });
  }
  await rm(file, { force: true });
}

async function setPassword(
  place: PostgresPlace,
  data: string,
  options: PostgresOptions,
) {
  const single = run(place.bin.postgres, ['--single', '-D', data, 'postgres'], {
    cwd: '/',
    env: environment(),
    ...place.account,
  });
  single.child.stdin?.end(
    `ALTER ROLE postgres PASSWORD '${options.password}'\n`,
  );
  await single;
}

async function linkFromHome(home: string, data: string) {
  const link = join(home, 'postgres');
  if (link === data) return;
  const there = await lstat(link).catch(() => undefined);
  if (!there) await symlink(data, link);
}

async function becomesReady(server: ManagedProcess, options: PostgresOptions) {
  let gone = false;
  server.exited.then(
    () => {
      gone = true;
    },
    () => undefined,
  );
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!gone && Date.now() < deadline) {
    if (await answers(options)) return;
    await pause(100);
  }
  throw new Error(
    `PostgreSQL ${
      gone ? 'ended while starting' : 'did not get ready'
    }:\n${lastWords(options.logFile, 8)}`,
  );
}

async function answers({ port, password }: PostgresOptions): Promise<boolean> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
  });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
