import { NotFoundError } from '@backstage/errors';
import { isObjectName, isRevision } from '../names';
import { GitError } from './GitError';
import type { GitProcesses } from './GitProcesses';

/** A branch or tag with the object that it names. */
export type Ref = { readonly ref: string; readonly sha: string };

/** A branch with its latest commit. */
export type Branch = { readonly name: string; readonly sha: string };

const SHORT_SHA = /^[0-9a-f]{7,39}$/;

/**
 * Every branch and tag of a repository.
 * @internal
 */
export async function listRefs(
  git: GitProcesses,
  gitDir: string,
): Promise<Ref[]> {
  const output = await git.run(
    [
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/heads/',
      'refs/tags/',
    ],
    { gitDir },
  );
  return lines(output).map(line => ({
    sha: line.slice(0, 40),
    ref: line.slice(41),
  }));
}

/**
 * Branches, the one with the latest commit first.
 * @internal
 */
export async function listBranches(
  git: GitProcesses,
  gitDir: string,
): Promise<Branch[]> {
  const output = await git.run(
    [
      'for-each-ref',
      '--sort=-committerdate',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads/',
    ],
    { gitDir },
  );
  return lines(output).map(line => ({
    sha: line.slice(0, 40),
    name: line.slice(41),
  }));
}

/**
 * Finds the commit of a revision. A whole SHA is always that object; anything else is a branch, a tag or the start
 * of a SHA, in this order.
 * @throws NotFoundError when there is none.
 * @internal
 */
export async function resolveCommit(
  git: GitProcesses,
  gitDir: string,
  revision: string,
): Promise<string> {
  if (isRevision(revision)) {
    for (const candidate of candidates(revision)) {
      const sha = await parse(git, gitDir, `${candidate}^{commit}`);
      if (sha) {
        return sha;
      }
    }
  }
  throw new NotFoundError(
    `There is no branch, tag or commit '${revision.slice(0, 255)}'`,
  );
}

/**
 * Whether one commit is part of the history of another.
 * @internal
 */
export async function isAncestor(
  git: GitProcesses,
  gitDir: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  try {
    await git.run(['merge-base', '--is-ancestor', ancestor, descendant], {
      gitDir,
    });
    return true;
  } catch (error) {
    if (error instanceof GitError) {
      return false;
    }
    throw error;
  }
}

function candidates(revision: string): string[] {
  if (isObjectName(revision)) {
    // Objects here have 40 digits; git would take 64 for the name of a branch.
    return revision.length === 40 ? [revision] : [];
  }
  return [
    ...(revision.startsWith('refs/') ? [revision] : []),
    `refs/heads/${revision}`,
    `refs/tags/${revision}`,
    ...(SHORT_SHA.test(revision) ? [revision] : []),
  ];
}

async function parse(
  git: GitProcesses,
  gitDir: string,
  expression: string,
): Promise<string | undefined> {
  try {
    const output = await git.run(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', expression],
      { gitDir },
    );
    return output.toString('utf8').trim() || undefined;
  } catch (error) {
    if (error instanceof GitError) {
      return undefined;
    }
    throw error;
  }
}

function lines(output: Buffer): string[] {
  return output.toString('utf8').split('\n').filter(Boolean);
}
