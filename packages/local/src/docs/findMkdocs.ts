import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A mkdocs that can build pages with the material theme: one on the PATH, or the one in the cache.
 * @internal
 */
export async function findMkdocs(
  cacheDirectory: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .map(directory => join(directory, 'mkdocs'));
  for (const candidate of [...onPath, cachedMkdocs(cacheDirectory)]) {
    if (existsSync(candidate) && (await builds(candidate))) return candidate;
  }
  return undefined;
}

/** @internal */
export function cachedMkdocs(cacheDirectory: string): string {
  return join(cacheDirectory, 'mkdocs', 'bin', 'mkdocs');
}

// Whether theme and extensions are there is what a build says, and nothing else does reliably.
async function builds(mkdocs: string): Promise<boolean> {
  const project = await mkdtemp(join(tmpdir(), 'waymark-mkdocs-'));
  try {
    await mkdir(join(project, 'docs'));
    await writeFile(join(project, 'docs', 'index.md'), '# Trial\n');
    await writeFile(
      join(project, 'mkdocs.yml'),
      'site_name: Trial\ntheme: {name: material, font: false}\nmarkdown_extensions: [pymdownx.superfences]\n',
    );
    await run(mkdocs, ['build', '--quiet'], { cwd: project, timeout: 60_000 });
    return true;
  } catch {
    return false;
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}
