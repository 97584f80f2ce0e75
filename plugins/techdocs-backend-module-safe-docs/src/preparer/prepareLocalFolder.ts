import { NotModifiedError } from '@backstage/errors';
import { PreparerResponse } from '@backstage/plugin-techdocs-node';
import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readMkdocsYml } from '../generator/readMkdocsYml';

const CONFIGURATIONS = ['mkdocs.yml', 'mkdocs.yaml'];
const MAX_ENTRIES = 10_000;

/**
 * Copies the docs of a local folder, and nothing else of it, to a temporary folder.
 *
 * @throws NotModifiedError when nothing changed since `etag`.
 * @internal
 */
export async function prepareLocalFolder(
  folder: string,
  etag: string | undefined,
): Promise<PreparerResponse> {
  const { docsDir } = await readMkdocsYml(folder);
  const parts = [...CONFIGURATIONS, docsDir];
  const fingerprint = await fingerprintOf(folder, parts);
  if (fingerprint === etag) {
    throw new NotModifiedError();
  }
  const preparedDir = await fs.mkdtemp(
    path.join(await fs.realpath(os.tmpdir()), 'waymark-local-docs-'),
  );
  for (const part of parts) {
    const source = path.join(folder, part);
    if (await fs.lstat(source).catch(() => undefined)) {
      await fs.cp(source, path.join(preparedDir, part), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
  }
  return { preparedDir, etag: fingerprint };
}

/** Changes when a page or the configuration is added, removed or written. */
async function fingerprintOf(
  folder: string,
  parts: readonly string[],
): Promise<string> {
  const hash = createHash('sha256');
  let entries = 0;
  const add = async (relative: string) => {
    const file = path.join(folder, relative);
    const stat = await fs.lstat(file).catch(() => undefined);
    if (!stat || entries > MAX_ENTRIES) {
      return;
    }
    entries += 1;
    if (stat.isDirectory()) {
      for (const name of (await fs.readdir(file)).sort()) {
        await add(path.join(relative, name));
      }
    } else {
      hash.update(`${relative}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const part of parts) {
    await add(part);
  }
  return hash.digest('hex');
}
