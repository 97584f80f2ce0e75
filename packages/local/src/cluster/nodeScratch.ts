import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeFileAtomic } from '../writeFileAtomic';
import { clusterPaths } from './paths';

const PREFIX = 'waymark-node-';

/**
 * A fresh folder for the hollow node's files, which may hold what Secrets hold: only the owner reads it.
 * That of a killed start is removed.
 * @internal
 */
export async function createNodeScratch(home: string): Promise<string> {
  await removeNodeScratch(home);
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFileAtomic(clusterPaths(home).nodeScratch, folder);
  return folder;
}

/** @internal */
export async function removeNodeScratch(home: string): Promise<void> {
  const record = clusterPaths(home).nodeScratch;
  const folder = (await readFile(record, 'utf8').catch(() => '')).trim();
  if (basename(folder).startsWith(PREFIX)) {
    await rm(folder, { recursive: true, force: true });
  }
  await rm(record, { force: true });
}
