import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run of the real git client gave. */
export type GitRun = { code: number; stdout: string; stderr: string };

/** A folder in which the real git client runs, as on a person's machine. */
export type GitClient = {
  readonly folder: string;
  run(...args: string[]): Promise<GitRun>;
  /** Runs git and fails the test when git fails. */
  ok(...args: string[]): Promise<string>;
  start(...args: string[]): ReturnType<typeof spawn>;
  remove(): Promise<void>;
};

const ENV = {
  ...process.env,
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Devon Reyes',
  GIT_AUTHOR_EMAIL: 'dev@example.com',
  GIT_COMMITTER_NAME: 'Devon Reyes',
  GIT_COMMITTER_EMAIL: 'dev@example.com',
  LC_ALL: 'C',
};

/** Makes a working folder, initialised on branch main. */
export async function createGitClient(): Promise<GitClient> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-client-'));
  const run = (...args: string[]) =>
    new Promise<GitRun>(resolve => {
      execFile(
        'git',
        args,
        { cwd: folder, env: ENV, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) =>
          resolve({
            code: error ? Number(error.code ?? 1) : 0,
            stdout,
            stderr,
          }),
      );
    });
  const client: GitClient = {
    folder,
    run,
    async ok(...args) {
      const { code, stdout, stderr } = await run(...args);
      if (code !== 0) {
        throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
      }
      return stdout.trim();
    },
    start: (...args) => spawn('git', args, { cwd: folder, env: ENV }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  await client.ok('init', '--quiet', '--initial-branch=main');
  return client;
}
