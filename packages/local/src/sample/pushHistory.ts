import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PEOPLE } from './people';
import type { SampleCommit } from './services';

const run = promisify(execFile);

/** @internal */
export interface PushHistoryOptions {
  /** The folder that the last commit equals. */
  readonly directory: string;
  readonly commits: readonly SampleCommit[];
  readonly remoteUrl: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
  readonly signal: AbortSignal;
}

/**
 * Pushes a folder as the history of a repository, in one push.
 * @returns the SHA of the last commit; the same folder and commits give the same SHA everywhere
 * @internal
 */
export async function pushHistory(
  options: PushHistoryOptions,
): Promise<string> {
  const gitDir = await mkdtemp(join(tmpdir(), 'waymark-sample-'));
  try {
    const base = {
      PATH: process.env.PATH,
      HOME: gitDir,
      GIT_DIR: gitDir,
      GIT_WORK_TREE: options.directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TERMINAL_PROMPT: '0',
    };
    const git = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
      const { stdout } = await run('git', args, {
        cwd: options.directory,
        env: { ...base, ...env },
        signal: options.signal,
      });
      return stdout.trim();
    };
    await git(['init', '--quiet', '--initial-branch=main']);
    for (const commit of options.commits) {
      await git(['add', '--all', '--', ...(commit.paths ?? ['.'])]);
      await git(
        ['commit', '--quiet', '--no-gpg-sign', '--message', commit.message],
        authorship(commit),
      );
    }
    // The password travels in the environment: command lines are visible to every user.
    await git(['push', '--quiet', options.remoteUrl, 'main:main'], {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${
        new URL(options.remoteUrl).origin
      }/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: ${options.authorization}`,
    });
    return await git(['rev-parse', 'HEAD']);
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

function authorship({ author, date }: SampleCommit): NodeJS.ProcessEnv {
  const { name, email } = PEOPLE[author];
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}
