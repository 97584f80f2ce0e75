import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const SCRIPT = join(__dirname, 'build-from-debian.sh');

describe('build-from-debian.sh', () => {
  let root: string;
  let target: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'waymark-test-'));
    target = join(root, 'cache', 'control-plane');
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  /** The machine's own tools, with some replaced. */
  async function build(tools: Record<string, string> = {}) {
    const bin = join(root, 'bin');
    await mkdir(bin, { recursive: true });
    const all = { 'apt-get': 'exit 100', dpkg: '', flock: '', ...tools };
    for (const [name, script] of Object.entries(all)) {
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, name), 0o755);
    }
    return spawnSync('bash', [SCRIPT, target], {
      encoding: 'utf8',
      env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
  }

  it('does nothing where the result is there already', async () => {
    await mkdir(target, { recursive: true });
    const { status, stdout } = await build();
    expect(status).toBe(0);
    expect(stdout).toBe('');
  });

  it('says what is missing on a machine that is not Debian', () => {
    const { status, stderr } = spawnSync('/bin/bash', [SCRIPT, target], {
      encoding: 'utf8',
      env: { PATH: join(root, 'empty') },
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain("error: this machine has no 'apt-get'");
  });

  it('says how much room it needs', async () => {
    const { status, stderr } = await build({
      df: 'echo head; echo /dev/sda 100 58 42 1% /',
    });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/has 42 MB free and the build needs \d+ MB/);
  });

  it('leaves nothing that looks finished when it fails', async () => {
    await mkdir(join(root, 'cache', '.building-control-plane', 'old'), {
      recursive: true,
    });
    const { status } = await build();
    expect(status).not.toBe(0);
    expect(existsSync(target)).toBe(false);
    expect(await readdir(join(root, 'cache'))).toEqual(['.lock-control-plane']);
  });
});
