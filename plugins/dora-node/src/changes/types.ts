/** Where the source of a Component lives. @public */
export interface RepositoryRef {
  /** Host, with its port where it has one; limits and concurrency are per host. */
  readonly host: string;
  /** What the provider calls the repository, e.g. `owner/name`. */
  readonly path: string;
}

/** Which commits are wanted. @public */
export interface ChangesQuery {
  readonly repository: RepositoryRef;
  /** Revision that was live before. */
  readonly base: string;
  /** Revision that went live. */
  readonly head: string;
  /** Globs from the root of the repository; empty: every commit counts. */
  readonly paths: readonly string[];
  /** More commits than this: throw {@link ChangesUnavailableError}. */
  readonly maxCommits: number;
  readonly signal: AbortSignal;
}

/** A commit between two revisions. @public */
export interface ComparedCommit {
  readonly sha: string;
  /** ISO 8601: when this very commit was made (Git's committer date). */
  readonly committedAt: string;
  /** ISO 8601: the pull request's first commit, where the provider knows it. */
  readonly firstCommittedAt?: string;
  readonly parents: readonly string[];
  readonly title?: string;
  /** Name of the author. */
  readonly author?: string;
  readonly url?: string;
  readonly pullRequest?: number;
}

/** What one revision has and another has not. @public */
export interface Comparison {
  readonly commits: readonly ComparedCommit[];
  /** Whether the head is an ancestor of the base: older than what was live. */
  readonly headIsBehind: boolean;
}

/**
 * Compares revisions at one kind of Git provider.
 * @public
 */
export interface ChangesProvider {
  /** Kebab-case, e.g. `bitbucket-cloud`. */
  readonly id: string;

  /**
   * The repository of a Component, by its annotations. Undefined where it is not
   * this provider's; a provider answers for configured hosts only.
   */
  locate(
    annotations: Readonly<Record<string, string>>,
  ): RepositoryRef | undefined;

  /**
   * The commits that are reachable from the head and not from the base.
   * @throws ChangesUnavailableError where trying again cannot help
   * @throws ChangesDelayedError where the provider asks to wait
   */
  compare(query: ChangesQuery): Promise<Comparison>;
}
