import type { GitProcesses } from './GitProcesses';

/** Who wrote or committed, and when (ISO 8601 with the person's own offset). */
export type Signature = {
  readonly name: string;
  readonly email: string;
  readonly date: string;
};

/** One commit. */
export type Commit = {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
};

/** Which commits to list: those of `head` that are not in `base`, newest first. */
export type CommitQuery = {
  readonly head: string;
  readonly base?: string;
  readonly path?: string;
  readonly skip?: number;
  readonly limit: number;
};

const FIELDS = [
  '%H',
  '%T',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%B',
];

/**
 * Lists commits. Revisions must be SHAs.
 * @internal
 */
export async function listCommits(
  git: GitProcesses,
  gitDir: string,
  query: CommitQuery,
): Promise<Commit[]> {
  const output = await git.run(
    [
      'log',
      '-z',
      `--format=${FIELDS.join('%x00')}`,
      `--max-count=${query.limit}`,
      `--skip=${query.skip ?? 0}`,
      query.base ? `${query.base}..${query.head}` : query.head,
      '--',
      ...(query.path ? [query.path] : []),
    ],
    { gitDir },
  );
  const fields = output.toString('utf8').split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS.length <= fields.length; at += FIELDS.length) {
    commits.push(toCommit(fields.slice(at, at + FIELDS.length)));
  }
  return commits;
}

/**
 * Counts the commits of a query, its limit and skip left aside.
 * @internal
 */
export async function countCommits(
  git: GitProcesses,
  gitDir: string,
  query: Omit<CommitQuery, 'limit' | 'skip'>,
): Promise<number> {
  const output = await git.run(
    [
      'rev-list',
      '--count',
      query.base ? `${query.base}..${query.head}` : query.head,
      '--',
      ...(query.path ? [query.path] : []),
    ],
    { gitDir },
  );
  return Number(output.toString('utf8').trim());
}

function toCommit(fields: readonly string[]): Commit {
  const [sha, tree, parents, an, ae, ad, cn, ce, cd, message] = fields;
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message,
  };
}
