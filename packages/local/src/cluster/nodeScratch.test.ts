import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeScratch, removeNodeScratch } from './nodeScratch';

describe('createNodeScratch', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wm-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it.each([
    ['in the data folder', 'h', true],
    ['elsewhere where its name is too long', 'h'.repeat(60), false],
  ])('makes an empty folder of the owner %s', async (_, name, inside) => {
    const home = join(root, name);
    const first = await createNodeScratch(home);
    expect(first.startsWith(home)).toBe(inside);
    expect((await stat(first)).mode & 0o077).toBe(0);
    await writeFile(join(first, 'secret'), 'value');

    const second = await createNodeScratch(home);
    expect(existsSync(join(first, 'secret'))).toBe(false);
    await removeNodeScratch(home);
    expect(existsSync(second)).toBe(false);
  });
});
