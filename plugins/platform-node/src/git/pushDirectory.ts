import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import { DEFAULT_BRANCH } from '@waymark/plugin-platform-common';
import type { CommitAuthor } from '../GitProvider';
import { assertPushable } from './assertPushable';
import { runGit, type GitEnvironment } from './runGit';

/** SHA-1 of the tree without entries. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** How far back an earlier push of the same content is looked for. */
const HISTORY = 50;

/** What {@link pushDirectory} takes. @internal */
export interface PushDirectoryOptions {
  readonly directory: string;
  readonly remoteUrl: string;
  readonly authorization: string;
  readonly author: CommitAuthor;
  readonly message: string;
  readonly signal?: AbortSignal;
}

/**
 * Pushes a folder as the first commit of a repository, whose default branch is
 * either absent or already has the same content. Executable bits and links
 * inside the folder are kept.
 * @internal
 */
export async function pushDirectory(
  options: PushDirectoryOptions,
): Promise<{ commitSha: string; created: boolean }> {
  await assertPushable(options.directory);
  const gitDir = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-push-'));
  try {
    const environment: GitEnvironment = {
      gitDir,
      workTree: options.directory,
      remote: {
        origin: new URL(options.remoteUrl).origin,
        authorization: options.authorization,
      },
      variables: authorship(options.author),
      signal: options.signal,
    };
    await runGit(['init', '-q', '-b', DEFAULT_BRANCH], environment);
    await runGit(['add', '--all', '--', '.'], environment);
    const tree = await runGit(['write-tree'], environment);
    if (tree === EMPTY_TREE) {
      throw new InputError(
        'The workspace is empty: a step before this one has to fetch files.',
      );
    }
    return await pushTree(tree, options, environment);
  } finally {
    await fs.rm(gitDir, { recursive: true, force: true });
  }
}

async function pushTree(
  tree: string,
  options: PushDirectoryOptions,
  environment: GitEnvironment,
): Promise<{ commitSha: string; created: boolean }> {
  const earlier = await findTree(tree, options, environment);
  if (earlier) {
    return { commitSha: earlier, created: false };
  }
  const commitSha = await runGit(
    ['commit-tree', tree, '-m', options.message],
    environment,
  );
  const refspec = `${commitSha}:refs/heads/${DEFAULT_BRANCH}`;
  try {
    await runGit(['push', '-q', options.remoteUrl, refspec], environment);
  } catch (error) {
    // Another run may have pushed in between, or this push arrived although its answer did not.
    const pushed = await findTree(tree, options, environment);
    if (!pushed) {
      throw error;
    }
    return { commitSha: pushed, created: false };
  }
  return { commitSha, created: true };
}

/** The newest commit with this tree; undefined where the branch is absent. */
async function findTree(
  tree: string,
  options: PushDirectoryOptions,
  environment: GitEnvironment,
): Promise<string | undefined> {
  const branch = `refs/heads/${DEFAULT_BRANCH}`;
  const found = await runGit(
    ['ls-remote', options.remoteUrl, branch],
    environment,
  );
  if (!found) {
    return undefined;
  }
  await runGit(
    ['fetch', '-q', `--depth=${HISTORY}`, options.remoteUrl, branch],
    environment,
  );
  const log = await runGit(
    ['log', '--format=%H %T', 'FETCH_HEAD'],
    environment,
  );
  const match = log.split('\n').find(line => line.endsWith(` ${tree}`));
  if (!match) {
    throw new ConflictError(
      `The repository ${options.remoteUrl} exists with other content. Choose another name, give the same answers as the earlier run, or delete the repository.`,
    );
  }
  return match.split(' ')[0];
}

function authorship(author: CommitAuthor): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: clean(author.name) || 'Waymark',
    GIT_AUTHOR_EMAIL: clean(author.email) || 'waymark@localhost',
    GIT_COMMITTER_NAME: 'Waymark',
    GIT_COMMITTER_EMAIL: 'waymark@localhost',
  };
}

function clean(value: string): string {
  return value.replace(/[<>\r\n\0]/g, '').trim();
}
