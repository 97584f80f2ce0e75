import type { ComparedCommit } from '@waymark/plugin-dora-node';
import { z } from 'zod';
import { dateSchema, shaSchema, toCommit } from './reading';

/** A commit as GitHub writes it, and Gitea after it. @internal */
export const githubCommitSchema = z.object({
  sha: shaSchema,
  html_url: z.string().optional(),
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.string().optional() }).nullish(),
    committer: z.object({ date: dateSchema }),
  }),
  parents: z.array(z.object({ sha: shaSchema })),
});

/** @internal */
export type GithubCommit = z.infer<typeof githubCommitSchema>;

/** @internal */
export function readGithubCommit(given: GithubCommit): ComparedCommit {
  const { sha, html_url, commit, parents } = given;
  return toCommit({
    sha,
    committedAt: commit.committer.date,
    parents: parents.map(parent => parent.sha),
    message: commit.message,
    author: commit.author?.name,
    url: html_url,
  });
}

/** When it was made, in milliseconds since 1970. @internal */
export function dateOf({ commit }: GithubCommit): number {
  return Date.parse(commit.committer.date);
}

/** When the earliest was made. @internal */
export function earliestOf(commits: readonly GithubCommit[]): number {
  return commits.map(dateOf).reduce((a, b) => Math.min(a, b));
}
