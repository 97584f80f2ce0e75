import { ChangesUnavailableError } from '@waymark/plugin-dora-node';
import { minimatch } from 'minimatch';

const MAX_FILE_LOOKUPS = 1_000;
const MAGIC = /[*?[\]{}()!+@]/;

/** A glob from the root of the repository, taken apart. @internal */
export interface SourcePath {
  /** Folder or file before the first wildcard; empty where there is none. */
  readonly prefix: string;
  /** Whether everything under the prefix is meant. */
  readonly whole: boolean;
  matches(file: string): boolean;
}

/** What a provider can tell of the commits of one comparison. @internal */
export interface PathLookups {
  /** The commits that touch a folder or file. */
  touching(prefix: string): Promise<ReadonlySet<string>>;
  /** The files that a commit touches. */
  files(sha: string): Promise<readonly string[]>;
}

/** Reads a glob; a plain folder means everything in it. @internal */
export function readSourcePath(glob: string): SourcePath {
  const clean = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  const segments = clean.split('/');
  const wild = segments.findIndex(segment => MAGIC.test(segment));
  const prefix = (wild < 0 ? segments : segments.slice(0, wild)).join('/');
  const rest = wild < 0 ? '' : segments.slice(wild).join('/');
  return {
    prefix,
    whole: rest === '' || rest === '**' || rest === '**/*',
    matches: file =>
      rest === ''
        ? file === prefix || file.startsWith(`${prefix}/`)
        : minimatch(file, clean, { dot: true }),
  };
}

/**
 * The commits that touch any of the globs. Asks for the files of single commits
 * only where a folder alone does not decide.
 * @throws ChangesUnavailableError where that would be too many requests
 * @internal
 */
export async function selectByPaths<T extends { readonly sha: string }>(
  commits: readonly T[],
  globs: readonly string[],
  lookups: PathLookups,
): Promise<T[]> {
  if (globs.length === 0 || commits.length === 0) return [...commits];
  const selected = new Set<string>();
  const undecided: { sha: string; path: SourcePath }[] = [];
  for (const path of globs.map(readSourcePath)) {
    const touching = path.prefix && (await lookups.touching(path.prefix));
    const candidates = commits.filter(
      ({ sha }) => !touching || touching.has(sha),
    );
    for (const { sha } of candidates) {
      if (path.whole) selected.add(sha);
      else undecided.push({ sha, path });
    }
  }
  await decideByFiles(undecided, selected, lookups);
  return commits.filter(({ sha }) => selected.has(sha));
}

async function decideByFiles(
  undecided: readonly { sha: string; path: SourcePath }[],
  selected: Set<string>,
  lookups: PathLookups,
): Promise<void> {
  const open = new Map<string, SourcePath[]>();
  for (const { sha, path } of undecided) {
    if (!selected.has(sha)) open.set(sha, [...(open.get(sha) ?? []), path]);
  }
  if (open.size > MAX_FILE_LOOKUPS) {
    throw new ChangesUnavailableError(
      `The files of ${open.size} commits would have to be looked up, and at most ${MAX_FILE_LOOKUPS} are: begin the globs of dora/source-path with a folder, such as services/checkout/**.`,
    );
  }
  for (const [sha, paths] of open) {
    const files = await lookups.files(sha);
    if (paths.some(path => files.some(file => path.matches(file)))) {
      selected.add(sha);
    }
  }
}
