import type { Commit } from '../GitProvider';

/** A commit as Gitea's API answers it. @internal */
export interface GiteaCommit {
  readonly sha: string;
  readonly created?: string;
  readonly commit?: {
    readonly message?: string;
    readonly author?: { name?: string; email?: string; date?: string };
    readonly committer?: { date?: string };
  };
  readonly parents?: readonly { readonly sha: string }[];
}

/** A file or folder entry as Gitea's API answers it. @internal */
export interface GiteaContent {
  readonly type: string;
  readonly path: string;
  readonly size?: number;
  readonly encoding?: string;
  readonly content?: string;
}

/** Reads a Gitea commit. @internal */
export function toCommit(given: GiteaCommit): Commit {
  const { commit } = given;
  return {
    sha: given.sha,
    committedAt: new Date(
      commit?.committer?.date ?? commit?.author?.date ?? given.created ?? 0,
    ).toISOString(),
    message: commit?.message ?? '',
    author: {
      name: commit?.author?.name ?? '',
      email: commit?.author?.email ?? '',
    },
    parents: (given.parents ?? []).map(parent => parent.sha),
  };
}
