/** One line of a diff, with its numbers on the old and on the new side. @internal */
export type DiffLine = {
  readonly kind: 'added' | 'removed' | 'context' | 'hunk';
  readonly text: string;
  readonly before?: number;
  readonly after?: number;
};

/**
 * Splits a unified diff into the lines of each file, in the order of the diff.
 * @internal
 */
export function parsePatch(patch: string): DiffLine[][] {
  const files: DiffLine[][] = [];
  let lines: DiffLine[] | undefined;
  let inHunk = false;
  let before = 0;
  let after = 0;
  for (const raw of patch.split('\n')) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(raw);
    if (raw.startsWith('diff --git ')) {
      lines = [];
      files.push(lines);
      inHunk = false;
    } else if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      inHunk = true;
      lines?.push({ kind: 'hunk', text: raw });
    } else if (inHunk && raw.startsWith('+')) {
      lines?.push({ kind: 'added', text: raw.slice(1), after });
      after += 1;
    } else if (inHunk && raw.startsWith('-')) {
      lines?.push({ kind: 'removed', text: raw.slice(1), before });
      before += 1;
    } else if (inHunk && raw.startsWith(' ')) {
      lines?.push({ kind: 'context', text: raw.slice(1), before, after });
      before += 1;
      after += 1;
    }
  }
  return files;
}
