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

/** Tells what the platform committed from what people did. */
const COMMITTER_EMAIL = 'waymark@localhost';

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
 * Pushes a folder as the first commit of a repository. Where an earlier try of
 * the same person left one, it is kept when its content is the same, and gets
 * a commit on top otherwise. Executable bits and links inside the folder are kept.
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
  const found = await inspect(tree, options, environment);
  if (found?.same) {
    return { commitSha: found.same, created: false };
  }
  const parent = found ? ['-p', found.head] : [];
  const commitSha = await runGit(
    ['commit-tree', tree, ...parent, '-m', options.message],
    environment,
  );
  const refspec = `${commitSha}:refs/heads/${DEFAULT_BRANCH}`;
  try {
    await runGit(['push', '-q', options.remoteUrl, refspec], environment);
  } catch (error) {
    // Another run may have pushed in between, or this push arrived although its answer did not.
    environment.signal?.throwIfAborted();
    const pushed = await inspect(tree, options, environment);
    if (!pushed?.same) {
      throw error;
    }
    return { commitSha: pushed.same, created: false };
  }
  return { commitSha, created: !found };
}

/**
 * What the default branch holds: the commit with this tree, or a head that
 * nobody but earlier runs of the same person wrote. Undefined where the branch
 * is absent; a ConflictError where there is other work.
 */
async function inspect(
  tree: string,
  options: PushDirectoryOptions,
  environment: GitEnvironment,
): Promise<{ head: string; same?: string } | undefined> {
  const branch = `refs/heads/${DEFAULT_BRANCH}`;
  if (!(await runGit(['ls-remote', options.remoteUrl, branch], environment))) {
    return undefined;
  }
  await runGit(
    ['fetch', '-q', `--depth=${HISTORY}`, options.remoteUrl, branch],
    environment,
  );
  const log = await runGit(
    ['log', '--format=%H %T %ce %ae', 'FETCH_HEAD'],
    environment,
  );
  const commits = log.split('\n').map(line => line.split(' '));
  const same = commits.find(([, each]) => each === tree)?.[0];
  const author = authorship(options.author).GIT_AUTHOR_EMAIL;
  const unfinished = commits.every(
    ([, , committer, writer]) =>
      committer === COMMITTER_EMAIL && writer === author,
  );
  if (!same && !unfinished) {
    throw new ConflictError(
      `The repository ${options.remoteUrl} exists with other work in it. Choose another name, or delete the repository.`,
    );
  }
  return { head: commits[0][0], same };
}

function authorship(author: CommitAuthor): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: clean(author.name) || 'Waymark',
    GIT_AUTHOR_EMAIL: clean(author.email).replace(/\s/g, '') || COMMITTER_EMAIL,
    GIT_COMMITTER_NAME: 'Waymark',
    GIT_COMMITTER_EMAIL: COMMITTER_EMAIL,
  };
}

function clean(value: string): string {
  return value.replace(/[<>\r\n\0]/g, '').trim();
}
