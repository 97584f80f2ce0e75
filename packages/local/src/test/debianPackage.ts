import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freshLog, say, step } from '../../bootstrap/progress';
import { runManaged } from '../processes/runManaged';
import type { TestRun } from './TestRun';

const run_ = promisify(execFile);

/**
 * A program that tests need and the portal does not.
 * @internal
 */
export interface TestProgram {
  /** The Debian package that has it. */
  readonly package: string;
  /** What it may be called. */
  readonly names: readonly string[];
  /** Where somebody has set it. */
  readonly variable: string;
}

/**
 * Finds a program, and installs its Debian package where that may be done.
 * @returns its path, or undefined where it cannot be had
 * @internal
 */
export async function findOrInstall(
  program: TestProgram,
  run: TestRun,
): Promise<string | undefined> {
  return (await find(program)) ?? (await install(program, run));
}

async function find({
  names,
  variable,
}: TestProgram): Promise<string | undefined> {
  const configured = process.env[variable];
  if (configured && existsSync(configured)) return configured;
  for (const name of names) {
    const { stdout } = await run_('/bin/sh', [
      '-c',
      `command -v ${name}`,
    ]).catch(() => ({ stdout: '' }));
    if (stdout.trim()) return stdout.trim();
  }
  return undefined;
}

async function install(
  program: TestProgram,
  { home, signal }: TestRun,
): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return undefined;
  }
  const name = program.package;
  say(`Installing the Debian package ${name}: the browser tests need it.`);
  const logFile = freshLog(join(home, 'logs'), `${name}.log`);
  const apt = (args: string[]) =>
    runManaged({
      home,
      name: `${name} installation`,
      command: 'apt-get',
      args: ['-q', ...args],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      logFile,
      abort: signal,
    });
  try {
    await step(`Installing ${name}`, async () => {
      await apt(['update']);
      await apt(['install', '-y', '--no-install-recommends', name]);
    });
    return await find(program);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
