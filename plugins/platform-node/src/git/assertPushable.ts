import { promises as fs } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';

/**
 * Refuses a folder that holds another repository or a symbolic link that
 * leaves it: neither may become part of a service's repository.
 * @internal
 */
export async function assertPushable(directory: string): Promise<void> {
  const root = await fs.realpath(directory);
  await checkFolder(root, root);
}

async function checkFolder(root: string, folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    const shown = path.relative(root, full);
    if (entry.name === '.git') {
      if (folder !== root) {
        throw new InputError(
          `The workspace holds another Git repository, "${path.dirname(
            shown,
          )}": remove its .git folder from the template.`,
        );
      }
    } else if (entry.isSymbolicLink()) {
      await checkLink(root, full, shown);
    } else if (entry.isDirectory()) {
      await checkFolder(root, full);
    } else if (!entry.isFile()) {
      throw new InputError(
        `"${shown}" in the workspace is neither a file nor a folder: remove it from the template.`,
      );
    }
  }
}

async function checkLink(
  root: string,
  full: string,
  shown: string,
): Promise<void> {
  const target = await fs.readlink(full);
  const resolved = path.resolve(path.dirname(full), target);
  const real = await fs.realpath(full).catch(() => resolved);
  const inside = [resolved, real].every(
    each => each === root || each.startsWith(root + path.sep),
  );
  if (path.isAbsolute(target) || !inside) {
    throw new InputError(
      `The symbolic link "${shown}" leaves the workspace: remove it from the template.`,
    );
  }
}
