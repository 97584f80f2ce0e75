import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries } from './findBinaries';
import { builtBinaries } from './paths';

const ALL = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubemark',
];

describe('findBinaries', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  async function install(folder: string, version: string, names: string[]) {
    await mkdir(folder, { recursive: true });
    for (const name of names) {
      const file = join(folder, name);
      await writeFile(file, `#!/bin/sh\necho Kubernetes v${version}\n`);
      await chmod(file, 0o755);
    }
    return folder;
  }

  const find = (env: NodeJS.ProcessEnv) =>
    findBinaries({ cacheDirectory: root, env: { PATH: '', ...env } });

  it('answers undefined where one is missing', async () => {
    await install(builtBinaries(root), '1.20.2', ALL.slice(1));
    await expect(find({})).resolves.toBeUndefined();
  });

  it('takes what it built', async () => {
    const cache = await install(builtBinaries(root), '1.20.2', ALL);
    await expect(find({})).resolves.toMatchObject({
      version: '1.20.2',
      minor: 20,
      paths: { etcd: join(cache, 'etcd'), kubemark: join(cache, 'kubemark') },
    });
  });

  it('takes etcd from KUBEBUILDER_ASSETS, and no API server that the others do not fit', async () => {
    const cache = await install(builtBinaries(root), '1.20.2', ALL);
    const assets = await install(join(root, 'assets'), '1.31.0', [
      'etcd',
      'kube-apiserver',
    ]);
    await expect(find({ KUBEBUILDER_ASSETS: assets })).resolves.toMatchObject({
      version: '1.20.2',
      paths: {
        etcd: join(assets, 'etcd'),
        'kube-apiserver': join(cache, 'kube-apiserver'),
      },
    });
  });

  it('takes no hollow node that it did not build: it would listen on every address', async () => {
    const elsewhere = await install(join(root, 'bin'), '1.20.2', ALL);
    await expect(find({ PATH: elsewhere })).resolves.toBeUndefined();
  });
});
