import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuredCluster } from './configuredCluster';

describe('configuredCluster', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('answers undefined where no cluster is configured', async () => {
    await writeFile(join(root, 'app-config.yaml'), 'app: {}\n');
    await expect(configuredCluster(root)).resolves.toBeUndefined();
  });

  it('names the clusters of the own configuration', async () => {
    await writeFile(
      join(root, 'app-config.local.yaml'),
      [
        'kubernetes:',
        '  clusterLocatorMethods:',
        '    - type: config',
        '      clusters: [{ name: staging, url: https://example.org }]',
        '    - type: gke',
      ].join('\n'),
    );
    await expect(configuredCluster(root)).resolves.toEqual(['staging', 'gke']);
  });
});
