import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { isName, type RepositoryName } from '../names';
import type { GitProcesses } from './GitProcesses';

/** A lock file that no push of ours can still hold. */
const STALE_LOCK_MS = 60_000;

/**
 * The bare repositories on disk: `<directory>/repositories/<owner>/<name>.git`.
 * @internal
 */
export class RepositoryFolders {
  readonly root: string;
  readonly #trash: string;
  readonly #git: GitProcesses;

  private constructor(directory: string, git: GitProcesses) {
    this.root = join(directory, 'repositories');
    this.#trash = join(directory, 'trash');
    this.#git = git;
  }

  /** Makes the folders, and removes what an earlier run was about to delete. */
  static async open(options: {
    directory: string;
    git: GitProcesses;
  }): Promise<RepositoryFolders> {
    const folders = new RepositoryFolders(options.directory, options.git);
    await mkdir(folders.root, { recursive: true, mode: 0o700 });
    await rm(folders.#trash, { recursive: true, force: true });
    await mkdir(folders.#trash, { recursive: true, mode: 0o700 });
    return folders;
  }

  /** Path of a repository. Only names that pass the name rule ever become a path. */
  path(repository: RepositoryName): string {
    if (!isName(repository.owner) || !isName(repository.name)) {
      throw new InputError('This is not the name of a repository');
    }
    return join(this.root, repository.owner, `${repository.name}.git`);
  }

  async exists(repository: RepositoryName): Promise<boolean> {
    return stat(join(this.path(repository), 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  /** Makes an empty bare repository, in one step: it is there whole or not at all. */
  async create(
    repository: RepositoryName,
    defaultBranch: string,
  ): Promise<void> {
    const target = this.path(repository);
    const draft = join(this.#trash, randomUUID());
    await this.#git.run([
      'init',
      '--quiet',
      '--bare',
      '--template=',
      '--object-format=sha1',
      `--initial-branch=${defaultBranch}`,
      draft,
    ]);
    await mkdir(join(this.root, repository.owner), {
      recursive: true,
      mode: 0o700,
    });
    await rename(draft, target);
  }

  /** Takes a repository away at once; a crash while its files are removed is made good on the next start. */
  async remove(repository: RepositoryName): Promise<void> {
    const grave = join(this.#trash, randomUUID());
    try {
      await rename(this.path(repository), grave);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return;
      }
      throw error;
    }
    await rm(grave, { recursive: true, force: true });
  }

  /** Size of the objects on disk, in bytes. */
  async size(repository: RepositoryName): Promise<number> {
    const output = await this.#git.run(['count-objects', '-v'], {
      gitDir: this.path(repository),
    });
    const kibibytes = output
      .toString('utf8')
      .split('\n')
      .map(line => /^(?:size|size-pack|size-garbage): (\d+)$/.exec(line)?.[1])
      .reduce((sum, value) => sum + Number(value ?? 0), 0);
    return kibibytes * 1024;
  }

  /** Removes what a killed push left: lock files that nobody holds, and objects that were never accepted. */
  async clear(repository: RepositoryName, now: number): Promise<void> {
    const path = this.path(repository);
    const entries = [
      ...(await list(path)),
      ...(await list(join(path, 'refs'), true)),
    ].filter(file => file.endsWith('.lock'));
    const quarantines = (await list(join(path, 'objects'))).filter(file =>
      /\/(tmp_objdir-)?incoming-[^/]+$/.test(file),
    );
    for (const file of [...entries, ...quarantines]) {
      const found = await stat(file).catch(() => undefined);
      if (found && now - found.mtimeMs > STALE_LOCK_MS) {
        await rm(file, { recursive: true, force: true });
      }
    }
  }
}

async function list(folder: string, recursive = false): Promise<string[]> {
  const names = await readdir(folder, { recursive }).catch(() => []);
  return names.map(name => join(folder, name));
}
