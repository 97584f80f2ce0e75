import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { say } from '../../bootstrap/progress';

const GIGABYTE = 1024 ** 3;
/** A first start takes about this much: database, repositories, the control plane's build. */
const COMFORTABLE = 2 * GIGABYTE;
/** Below this not even PostgreSQL can write what it has to. */
const NECESSARY = 0.2 * GIGABYTE;

/**
 * Says so when a disk that the portal writes to has little room.
 * @throws Error when there is so little that starting would break half-way
 * @internal
 */
export async function checkDisk(directories: string[]): Promise<void> {
  const tightest = (await Promise.all(directories.map(freeSpace))).sort(
    (a, b) => a.bytes - b.bytes,
  )[0];
  const verdict = diskVerdict(tightest);
  if (verdict?.fatal) throw new Error(verdict.message);
  if (verdict) say(verdict.message);
}

/** @internal */
export function diskVerdict({
  bytes,
  directory,
}: {
  bytes: number;
  directory: string;
}): { fatal: boolean; message: string } | undefined {
  if (bytes >= COMFORTABLE) return undefined;
  const fatal = bytes < NECESSARY;
  const megabytes = Math.floor(bytes / 1024 ** 2);
  const room = `The disk of ${directory} has ${megabytes} MB left.`;
  return {
    fatal,
    message: fatal
      ? `${room} The portal needs 2 GB: free some, or set WAYMARK_HOME to a folder on another disk.`
      : `${room} A first start may need 2 GB.`,
  };
}

async function freeSpace(
  directory: string,
): Promise<{ bytes: number; directory: string }> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return { bytes: bavail * bsize, directory };
  } catch (error) {
    const parent = dirname(directory);
    if (parent === directory) throw error;
    return freeSpace(parent); // not made yet
  }
}
