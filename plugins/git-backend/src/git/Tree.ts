import { GitError } from './GitError';
import type { GitProcesses } from './GitProcesses';

/** What stands at a path of a tree. */
export type TreeEntry = {
  readonly name: string;
  readonly path: string;
  readonly type: 'file' | 'dir' | 'symlink' | 'submodule';
  readonly mode: string;
  readonly sha: string;
  /** bytes; 0 for what is no file */
  readonly size: number;
};

/** Entries that one folder may have before its listing is refused. */
const MAX_LISTING = 8 * 1024 * 1024;

/**
 * Lists a folder of a commit; undefined when there is no such folder.
 * A symbolic link is an entry of its own and is never followed.
 * @internal
 */
export async function listTree(
  git: GitProcesses,
  gitDir: string,
  commit: string,
  path: string,
): Promise<TreeEntry[] | undefined> {
  try {
    const output = await git.run(['ls-tree', '-z', '-l', `${commit}:${path}`], {
      gitDir,
      maxOutput: MAX_LISTING,
    });
    return parseEntries(output, path);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 128) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The entry at a path of a commit; undefined when there is none.
 * @internal
 */
export async function findEntry(
  git: GitProcesses,
  gitDir: string,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  const output = await git.run(
    ['ls-tree', '-z', '-l', '--full-tree', commit, '--', path],
    { gitDir },
  );
  const entry = parseEntries(output, '')[0];
  return entry && { ...entry, name: path.slice(path.lastIndexOf('/') + 1) };
}

/**
 * The content of a blob. Ask for its size first.
 * @internal
 */
export async function readBlob(
  git: GitProcesses,
  gitDir: string,
  sha: string,
  maxSize: number,
): Promise<Buffer> {
  return git.run(['cat-file', 'blob', sha], { gitDir, maxOutput: maxSize });
}

function parseEntries(output: Buffer, folder: string): TreeEntry[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, , sha, size] = line.slice(0, tab).split(/ +/);
      const name = line.slice(tab + 1);
      return {
        name,
        path: folder ? `${folder}/${name}` : name,
        type: typeOf(mode),
        mode,
        sha,
        size: size === '-' ? 0 : Number(size),
      };
    });
}

function typeOf(mode: string): TreeEntry['type'] {
  switch (mode) {
    case '040000':
      return 'dir';
    case '120000':
      return 'symlink';
    case '160000':
      return 'submodule';
    default:
      return 'file';
  }
}
