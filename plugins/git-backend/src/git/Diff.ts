import type { GitProcesses } from './GitProcesses';

/** A file that differs between two commits. */
export type ChangedFile = {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted';
  /** Lines; undefined for a binary file. */
  readonly additions?: number;
  readonly deletions?: number;
};

/** What differs between two commits. */
export type Diff = {
  readonly files: readonly ChangedFile[];
  /** Unified diff of all files. */
  readonly patch: string;
  /** Whether the patch was cut because it is too long to show. */
  readonly truncated: boolean;
};

/** The tree without files: what the first commit is compared with. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_PATCH = 512 * 1024;
const OPTIONS = [
  '--no-renames',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
];

/**
 * Compares two commits; without `base`, everything counts as added.
 * @internal
 */
export async function diffCommits(
  git: GitProcesses,
  gitDir: string,
  options: { base?: string; head: string },
): Promise<Diff> {
  const range = [options.base ?? EMPTY_TREE, options.head, '--'];
  const diff = (...more: string[]) => ['diff', ...OPTIONS, ...more, ...range];
  const [numbers, statuses, patch] = await Promise.all([
    git.run(diff('--numstat', '-z'), { gitDir }),
    git.run(diff('--name-status', '-z'), { gitDir }),
    readStart(git, gitDir, diff('--patch')),
  ]);
  const byPath = parseStatuses(statuses.toString('utf8'));
  return {
    files: numbers
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [additions, deletions, path] = line.split('\t');
        return {
          path,
          status: byPath.get(path) ?? 'modified',
          additions: additions === '-' ? undefined : Number(additions),
          deletions: deletions === '-' ? undefined : Number(deletions),
        };
      }),
    ...patch,
  };
}

/**
 * The commit from which two commits went apart; undefined when they share no history.
 * @internal
 */
export async function mergeBase(
  git: GitProcesses,
  gitDir: string,
  a: string,
  b: string,
): Promise<string | undefined> {
  const output = await git
    .run(['merge-base', a, b], { gitDir })
    .catch(() => Buffer.alloc(0));
  return output.toString('utf8').trim() || undefined;
}

async function readStart(
  git: GitProcesses,
  gitDir: string,
  args: readonly string[],
): Promise<{ patch: string; truncated: boolean }> {
  const child = git.start(args, { gitDir });
  child.stdin.end();
  child.stderr.resume();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of child.stdout) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_PATCH) {
      git.end(child);
      break;
    }
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_PATCH).toString('utf8');
  return size > MAX_PATCH
    ? { patch: text.slice(0, text.lastIndexOf('\n') + 1), truncated: true }
    : { patch: text, truncated: false };
}

function parseStatuses(text: string): Map<string, ChangedFile['status']> {
  const words = { A: 'added', D: 'deleted' } as const;
  const fields = text.split('\0');
  const statuses = new Map<string, ChangedFile['status']>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    statuses.set(
      fields[at + 1],
      words[fields[at] as keyof typeof words] ?? 'modified',
    );
  }
  return statuses;
}
