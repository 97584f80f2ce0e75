import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import {
  endProcess,
  processIdentity,
  recordProcess,
} from '../../bootstrap/processes';

/**
 * How a process is started.
 * @internal
 */
export interface ManagedProcessOptions {
  /** The portal's data folder, where running processes are remembered. */
  home: string;
  /** What it is, in words for people. */
  name: string;
  command: string;
  args?: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Everything it says goes to this file. */
  logFile: string;
  /** The account to run as, when root starts it. */
  account?: { uid: number; gid: number };
  /** Yields to everything else on the machine. */
  nice?: boolean;
  /** What asks it to end; SIGTERM when left out. */
  signal?: NodeJS.Signals;
  /** How long it may take to end before it is ended the hard way; 10 s when left out. */
  graceMs?: number;
  /** Ends after the others, should a later command have to clean up. */
  last?: boolean;
}

/**
 * A process that is ended with its whole group, by this supervisor or, should that be killed, by the next command.
 * @internal
 */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Ends after the others. */
  readonly last: boolean;
  /** Settles when the process is gone; never rejects. */
  readonly exited: Promise<{ code?: number; signal?: string }>;
  /** Asks it to end, insists after a while, and settles when it is gone. */
  end(graceMs?: number): Promise<void>;
}

/**
 * Starts a process in a group of its own and remembers it on disk.
 * @throws Error when it cannot be started at all
 * @internal
 */
export async function spawnManaged(
  options: ManagedProcessOptions,
): Promise<ManagedProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(options.command, options.args ?? [], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
    ...options.account,
  });
  closeSync(log);
  const exited = exitOf(child);
  if (child.pid === undefined) {
    await once(child);
    throw new Error(`${options.command} could not be started`);
  }
  const pid = child.pid;
  const record = {
    name: options.name,
    pid,
    signal: options.signal,
    graceMs: options.graceMs,
    last: options.last,
  };
  const forget = rememberOrEnd(options.home, record);
  if (options.nice) {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  const identity = processIdentity(pid) ?? '';
  const end = async (graceMs?: number) => {
    await endProcess({ ...record, identity }, graceMs);
    await exited;
    forget();
  };
  exited.then(
    () => end(),
    () => undefined,
  );
  return { name: options.name, pid, last: options.last ?? false, exited, end };
}

// One that nobody could find again, on a full disk for example, is not left running.
function rememberOrEnd(home: string, record: { name: string; pid: number }) {
  try {
    return recordProcess(home, record);
  } catch (error) {
    process.kill(-record.pid, 'SIGKILL');
    throw error;
  }
}

function exitOf(child: ChildProcess) {
  return new Promise<{ code?: number; signal?: string }>(resolve => {
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined }),
    );
  });
}

function once(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => child.once('error', reject));
}
