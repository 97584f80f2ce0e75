/** A repository in a list. @public */
export type RepositorySummary = {
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly pushedAt?: string;
  readonly cloneUrl: string;
};

/** Who wrote or committed, and when. @public */
export type Signature = {
  readonly name: string;
  readonly email: string;
  readonly date: string;
};

/** One commit. @public */
export type Commit = {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
};

/** A repository with its branches; it is empty when it has none. @public */
export type Repository = RepositorySummary & {
  readonly branches: readonly { readonly name: string; readonly sha: string }[];
  readonly latestCommit?: Commit;
  /** bytes */
  readonly size: number;
  readonly mayPush: boolean;
};

/** An entry of a folder. @public */
export type Entry = {
  readonly name: string;
  readonly path: string;
  readonly type: 'file' | 'dir' | 'symlink' | 'submodule';
  readonly sha: string;
  /** bytes */
  readonly size: number;
};

type Place = {
  readonly commit: string;
  readonly path: string;
  readonly lastCommit: Commit;
};

/** A folder at a commit. @public */
export type Folder = Place & {
  readonly type: 'dir';
  readonly entries: readonly Entry[];
  readonly readme?: { readonly name: string; readonly text: string };
};

/** A file, symbolic link or submodule at a commit. @public */
export type File = Place &
  Omit<Entry, 'type'> & {
    readonly type: 'file' | 'symlink' | 'submodule';
    readonly text?: string;
    readonly target?: string;
    readonly binary?: boolean;
    readonly tooLarge?: boolean;
  };

/** What differs between two commits. @public */
export type Diff = {
  readonly files: readonly {
    readonly path: string;
    readonly status: 'added' | 'modified' | 'deleted';
    readonly additions?: number;
    readonly deletions?: number;
  }[];
  /** Unified diff. */
  readonly patch: string;
  readonly truncated: boolean;
};

/** Commits that one revision has and another has not. @public */
export type Comparison = {
  readonly base: string;
  readonly head: string;
  readonly totalCommits: number;
  readonly commits: readonly Commit[];
  readonly diff: Diff;
};

/** An access token without its secret. @public */
export type AccessToken = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt?: string;
};

/** A person's access tokens, and how long one may live, in seconds. @public */
export type AccessTokens = {
  readonly items: readonly AccessToken[];
  readonly defaultLifetime: number;
  readonly maxLifetime: number;
};

/** Which repository. @public */
export type RepositoryName = { readonly owner: string; readonly name: string };

type Options = { readonly signal?: AbortSignal };

/** The embedded Git host. @public */
export interface GitApi {
  listRepositories(
    query: { owner?: string; search?: string; limit: number; offset: number },
    options?: Options,
  ): Promise<{
    items: readonly RepositorySummary[];
    totalItems: number;
    owners: readonly string[];
  }>;
  getRepository(name: RepositoryName, options?: Options): Promise<Repository>;
  getContents(
    name: RepositoryName,
    place: { ref?: string; path: string },
    options?: Options,
  ): Promise<Folder | File>;
  getRaw(
    name: RepositoryName,
    place: { ref?: string; path: string },
    options?: Options,
  ): Promise<Blob>;
  listCommits(
    name: RepositoryName,
    query: { ref?: string; path?: string; limit: number; offset: number },
    options?: Options,
  ): Promise<{ items: readonly Commit[]; totalItems: number }>;
  getCommit(
    name: RepositoryName,
    sha: string,
    options?: Options,
  ): Promise<{ commit: Commit; diff: Diff }>;
  compare(
    name: RepositoryName,
    revisions: { base: string; head: string },
    options?: Options,
  ): Promise<Comparison>;
  listTokens(options?: Options): Promise<AccessTokens>;
  /** The answer holds the token itself, for the only time. */
  createToken(token: {
    name: string;
    /** seconds */
    lifetime: number;
  }): Promise<AccessToken & { token: string }>;
  revokeToken(id: string): Promise<void>;
}
