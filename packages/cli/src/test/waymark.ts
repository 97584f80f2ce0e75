import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Tests run from the sources only.
// eslint-disable-next-line no-restricted-syntax
const bin = join(__dirname, '..', '..', 'bin', 'waymark');

/** Runs the real command, and says how it ended. */
export function waymark(
  args: readonly string[],
  options: { cwd?: string; input?: string | Buffer } = {},
) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, ...args],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options },
  );
  return { status, stdout, stderr };
}

/** A folder with files of these contents. */
export function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-cli-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
