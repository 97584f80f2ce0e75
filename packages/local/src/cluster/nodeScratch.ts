import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeFileAtomic } from '../writeFileAtomic';
import { clusterPaths } from './paths';

const PREFIX = 'waymark-node-';
/** A socket's path has at most 107 bytes (unix(7)), of which the hollow node needs 51 within its folder. */
const LONGEST_FOLDER = 50;

/**
 * A fresh folder for the hollow node's files, which may hold what Secrets hold: only the owner reads it.
 * It is in the data folder where that has a short name, else in the system's folder for temporary files. What
 * a killed start left in it is removed.
 * @internal
 */
export async function createNodeScratch(home: string): Promise<string> {
  await removeNodeScratch(home);
  const { node, nodeElsewhere } = clusterPaths(home);
  if (Buffer.byteLength(node) <= LONGEST_FOLDER) {
    await mkdir(node, { recursive: true, mode: 0o700 });
    return node;
  }
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFileAtomic(nodeElsewhere, folder);
  return folder;
}

/** @internal */
export async function removeNodeScratch(home: string): Promise<void> {
  const { node, nodeElsewhere } = clusterPaths(home);
  await rm(node, { recursive: true, force: true });
  const folder = await readFile(nodeElsewhere, 'utf8').catch(() => '');
  if (basename(folder).startsWith(PREFIX)) {
    await rm(folder, { recursive: true, force: true });
  }
  await rm(nodeElsewhere, { force: true });
}
