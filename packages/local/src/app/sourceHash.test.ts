import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { appSourceHash } from './sourceHash';

describe('appSourceHash', () => {
  const root = mkdtempSync(join(tmpdir(), 'waymark-source-'));

  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const manifest = (role: string) => JSON.stringify({ backstage: { role } });
  const change = (file: string) => {
    const before = appSourceHash(root);
    write(file, `${Math.random()}`);
    return appSourceHash(root) !== before;
  };

  beforeAll(() => {
    write('yarn.lock', '');
    write('packages/app/package.json', manifest('frontend'));
    write('plugins/git/package.json', manifest('frontend-plugin'));
    write('plugins/rules-common/package.json', manifest('common-library'));
    write('plugins/git-backend/package.json', manifest('backend-plugin'));
    write('plugins/git-backend/config.d.ts', '');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('stays the same while nothing changes', () => {
    expect(appSourceHash(root)).toBe(appSourceHash(root));
  });

  it.each([
    'yarn.lock',
    'packages/app/src/App.tsx',
    'packages/app/public/index.html',
    'plugins/git/src/deep/er/Page.module.css',
    'plugins/rules-common/src/index.ts',
    // which configuration the browser may see is decided by every schema
    'plugins/git-backend/config.d.ts',
  ])('changes with %s', file => {
    expect(change(file)).toBe(true);
  });

  it.each([
    'plugins/git-backend/src/router.ts',
    'packages/app/src/App.test.tsx',
    'packages/app/dist/index.html',
    'packages/app/node_modules/x/index.js',
  ])('does not change with %s', file => {
    expect(change(file)).toBe(false);
  });

  it('changes when a file is renamed', () => {
    write('packages/app/src/a.ts', 'same');
    const before = appSourceHash(root);
    rmSync(join(root, 'packages/app/src/a.ts'));
    write('packages/app/src/b.ts', 'same');
    expect(appSourceHash(root)).not.toBe(before);
  });
});
