import { CustomErrorBase, NotFoundError } from '@backstage/errors';
import type { GitConfig } from '../config';
import type { Repository } from '../database/RepositoryStore';
import { type Commit, listCommits } from '../git/Commits';
import type { GitProcesses } from '../git/GitProcesses';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import { resolveCommit } from '../git/Revisions';
import { findEntry, listTree, readBlob, type TreeEntry } from '../git/Tree';
import { parseTreePath } from '../names';

/**
 * Thrown when a file is larger than what an answer may hold; answered with 413.
 * @internal
 */
export class TooLargeError extends CustomErrorBase {
  name = 'TooLargeError' as const;
  readonly statusCode = 413;
}

/** A path of a repository at one commit. */
export type Place = {
  readonly gitDir: string;
  readonly commit: string;
  readonly path: string;
  /** The entry; undefined for the root. */
  readonly entry?: TreeEntry;
};

const MAX_CACHED = 2_000;

/**
 * Reads folders and files of repositories at a branch, tag or commit.
 * @internal
 */
export class Contents {
  readonly #git: GitProcesses;
  readonly #folders: RepositoryFolders;
  readonly #limits: GitConfig['limits'];
  readonly #lastCommits = new Map<string, Commit>();

  constructor(options: {
    git: GitProcesses;
    folders: RepositoryFolders;
    limits: GitConfig['limits'];
  }) {
    this.#git = options.git;
    this.#folders = options.folders;
    this.#limits = options.limits;
  }

  /** The commit that a branch, tag or SHA names; the default branch's when none is given. */
  async commit(repository: Repository, revision?: string): Promise<string> {
    return resolveCommit(
      this.#git,
      this.#folders.path(repository),
      revision || repository.defaultBranch,
    );
  }

  /** @throws NotFoundError when the commit has nothing at the path. */
  async locate(
    repository: Repository,
    revision: string | undefined,
    givenPath: string,
  ): Promise<Place> {
    const gitDir = this.#folders.path(repository);
    const commit = await this.commit(repository, revision);
    const path = parseTreePath(givenPath);
    if (path === '') {
      return { gitDir, commit, path };
    }
    const entry = path && (await findEntry(this.#git, gitDir, commit, path));
    if (!path || !entry) {
      throw new NotFoundError(
        `There is no '${givenPath.slice(0, 500)}' in ${repository.owner}/${
          repository.name
        } at '${revision || repository.defaultBranch}'`,
      );
    }
    return { gitDir, commit, path, entry };
  }

  /** Entries of a folder; undefined when the place is none. */
  async list(place: Place): Promise<TreeEntry[] | undefined> {
    return place.entry && place.entry.type !== 'dir'
      ? undefined
      : listTree(this.#git, place.gitDir, place.commit, place.path);
  }

  /** @throws TooLargeError */
  async read(place: Place, entry: TreeEntry): Promise<Buffer> {
    if (entry.size > this.#limits.file) {
      throw new TooLargeError(
        `${entry.path} has ${entry.size} bytes; files up to ${
          this.#limits.file
        } bytes can be read this way. Clone the repository to get it.`,
      );
    }
    return readBlob(this.#git, place.gitDir, entry.sha, this.#limits.file);
  }

  /** The latest commit that changed a path. */
  async lastCommit(place: Place): Promise<Commit> {
    const key = `${place.gitDir}\0${place.commit}\0${place.path}`;
    const cached = this.#lastCommits.get(key);
    if (cached) {
      return cached;
    }
    const [commit] = await listCommits(this.#git, place.gitDir, {
      head: place.commit,
      path: place.path,
      limit: 1,
    });
    if (this.#lastCommits.size >= MAX_CACHED) {
      this.#lastCommits.clear();
    }
    this.#lastCommits.set(key, commit);
    return commit;
  }
}
