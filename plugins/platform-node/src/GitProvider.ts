/** The address of a repository at the Git provider. @public */
export interface RepositoryName {
  /** The owner at the provider: the name of the owning group, or an organisation. */
  readonly owner: string;
  readonly name: string;
}

/** Where a repository is found. @public */
export interface RepositoryLocation {
  /** The URL for `git clone`; never holds credentials. */
  readonly remoteUrl: string;
  /** The URL of the root folder on the default branch, for Backstage's reader. */
  readonly repoContentsUrl: string;
  /** The URL of `catalog-info.yaml`, for `catalog:register`. */
  readonly catalogInfoUrl: string;
}

/** A repository that exists at the provider. @public */
export interface Repository extends RepositoryLocation {
  readonly defaultBranch: string;
  /** Entity reference of the owning group, where the provider knows it. */
  readonly owner?: string;
}

/** What {@link GitProvider.create} takes. @public */
export interface CreateRepositoryOptions {
  /** Entity reference of the owning group. */
  readonly owner: string;
  readonly name: string;
  readonly description?: string;
  /** The folder whose content becomes the first commit. */
  readonly directory: string;
  readonly author: CommitAuthor;
  readonly message: string;
  readonly signal?: AbortSignal;
}

/** Who wrote a commit. @public */
export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

/** The answer of {@link GitProvider.create}. @public */
export interface CreatedRepository extends RepositoryLocation {
  readonly commitSha: string;
  /** False where an earlier call had pushed the same content already. */
  readonly created: boolean;
}

/** One commit. @public */
export interface Commit {
  readonly sha: string;
  /** ISO 8601 instant. */
  readonly committedAt: string;
  readonly message: string;
  readonly author: CommitAuthor;
  readonly parents: readonly string[];
}

/** One file of a repository. @public */
export interface RepositoryFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly content: Buffer;
}

/** What {@link GitProvider.readDirectory} takes. @public */
export interface ReadDirectoryOptions {
  /** A larger file is refused with an InputError that names it. */
  readonly maxFileBytes?: number;
  readonly signal?: AbortSignal;
}

/** The answer of {@link GitProvider.protect}. @public */
export interface BranchProtection {
  /** Whether the provider enforces the required checks, or only records them. */
  readonly enforced: boolean;
  readonly message: string;
}

/**
 * The host of Git repositories.
 *
 * Every method throws a ServiceUnavailableError with a sentence where the host
 * does not answer.
 * @public
 */
export interface GitProvider {
  readonly type: 'embedded' | 'github';
  readonly host: string;
  /** The address that a repository of this owner has or would have. */
  locate(options: {
    owner: string;
    name: string;
  }): RepositoryName & RepositoryLocation;
  find(repo: RepositoryName): Promise<Repository | undefined>;
  /**
   * Ensures the repository with the folder's content as its first commit; what
   * an earlier try of the same author left is continued. Throws a ConflictError
   * where it exists with other work in it.
   */
  create(options: CreateRepositoryOptions): Promise<CreatedRepository>;
  /** Protects the default branch and requires `lint`, `test` and `security-scan`, where the provider can. */
  protect(
    repo: RepositoryName,
    options?: { branch?: string; signal?: AbortSignal },
  ): Promise<BranchProtection>;
  /** The newest commit of the default branch or `ref`; undefined where there is none. */
  head(repo: RepositoryName, ref?: string): Promise<Commit | undefined>;
  /** The commits that are in `head` and not in `base`, newest first. */
  compare(
    repo: RepositoryName,
    base: string,
    head: string,
  ): Promise<{ commits: Commit[] }>;
  /** The regular files directly in a folder at a revision; empty where the folder is absent. */
  readDirectory(
    repo: RepositoryName,
    ref: string,
    path: string,
    options?: ReadDirectoryOptions,
  ): Promise<RepositoryFile[]>;
  /** Throws a ServiceUnavailableError where the host does not answer. */
  ping(): Promise<void>;
}
