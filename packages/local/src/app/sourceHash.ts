import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Roles whose code ends up in the browser. */
const FRONTEND_ROLES = [
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
];
const IGNORED = /(^dist$|^node_modules$|^coverage$|\.test\.tsx?$|^\.)/;

/**
 * A digest of everything the built app depends on.
 * @internal
 */
export function appSourceHash(root: string): string {
  const hash = createHash('sha256');
  for (const file of appSources(root)) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function appSources(root: string): string[] {
  const sources = ['yarn.lock', 'app-config.yaml'];
  for (const folder of workspaces(root)) {
    const role = manifestRole(root, folder);
    if (FRONTEND_ROLES.includes(role)) sources.push(...files(root, folder));
    // which keys the browser may see is decided while building, by every package's schema
    else if (existsSync(join(root, folder, 'config.d.ts'))) {
      sources.push(join(folder, 'config.d.ts'));
    }
  }
  return sources.filter(file => existsSync(join(root, file))).sort();
}

function workspaces(root: string): string[] {
  return ['packages', 'plugins'].flatMap(parent =>
    entries(join(root, parent))
      .map(entry => join(parent, entry.name))
      .filter(folder => existsSync(join(root, folder, 'package.json'))),
  );
}

function manifestRole(root: string, folder: string): string {
  const manifest = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  return manifest.backstage?.role ?? '';
}

function files(root: string, folder: string): string[] {
  return entries(join(root, folder))
    .filter(entry => !IGNORED.test(entry.name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files(root, path) : [path];
    });
}

function entries(directory: string) {
  return existsSync(directory)
    ? readdirSync(directory, { withFileTypes: true })
    : [];
}
