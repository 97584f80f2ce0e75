import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import type { Commit } from '../GitProvider';

/** A commit as GitHub's API answers it. @internal */
export interface GithubCommit {
  readonly sha: string;
  readonly commit: {
    readonly message: string;
    // GitHub's own types say null.
    readonly author: { name?: string; email?: string } | null;
    readonly committer: { date?: string } | null;
  };
  readonly parents: readonly { readonly sha: string }[];
}

/** Reads a GitHub commit. @internal */
export function toCommit(given: GithubCommit): Commit {
  const { author, committer, message } = given.commit;
  return {
    sha: given.sha,
    committedAt: new Date(committer?.date ?? 0).toISOString(),
    message,
    author: { name: author?.name ?? '', email: author?.email ?? '' },
    parents: given.parents.map(parent => parent.sha),
  };
}

/** Whether an error is an answer with this HTTP status. @internal */
export function isStatus(error: unknown, status: number): boolean {
  return isError(error) && error.status === status;
}

/** Turns the given statuses into undefined. @internal */
export async function orUndefined<T>(
  statuses: readonly number[],
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statuses.some(status => isStatus(error, status))) {
      return undefined;
    }
    throw error;
  }
}

/** Says in a sentence what GitHub's refusal means. @internal */
export function explainGithub(error: unknown, host: string): Error {
  if (!isError(error) || typeof error.status !== 'number') {
    return error as Error;
  }
  // Octokit reports a connection that failed as status 500 with the system's error as its cause.
  if (error.status >= 500) {
    return new ServiceUnavailableError(
      `${host} does not answer. Try again when it is up.`,
    );
  }
  if (error.status === 401 || error.status === 403) {
    return new ServiceUnavailableError(
      `${host} refused the portal's account: the platform team has to check "integrations.github" and what its app or token may do.`,
    );
  }
  if (error.status === 404) {
    return new NotFoundError(
      `${host} does not know this organisation or repository, or the portal's account may not see it.`,
    );
  }
  return new InputError(`${host} refused: ${firstLine(error.message)}`);
}

function firstLine(message: string): string {
  return message.split('\n')[0];
}
