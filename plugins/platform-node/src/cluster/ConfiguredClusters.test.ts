import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ConfiguredClusters } from './ConfiguredClusters';

const KUBERNETES = {
  clusterLocatorMethods: [
    {
      type: 'config',
      clusters: [{ name: 'local', url: 'https://127.0.0.1:1' }],
    },
  ],
};

describe('ConfiguredClusters', () => {
  it('says that no cluster is configured', () => {
    const clusters = ConfiguredClusters.fromConfig(new ConfigReader({}));
    expect(clusters.list()).toEqual([]);
    expect(() => clusters.forEnvironment('development')).toThrow(
      /No cluster is configured/,
    );
  });

  it('chooses the cluster that serves the environment', () => {
    const clusters = ConfiguredClusters.fromConfig(
      new ConfigReader({
        kubernetes: KUBERNETES,
        platform: {
          clusters: [
            {
              name: 'local',
              serviceAccountToken: 'secret',
              environments: ['development'],
            },
          ],
        },
      }),
    );
    expect(clusters.forEnvironment('development')).toMatchObject({
      name: 'local',
      local: false,
    });
    expect(() => clusters.forEnvironment('production')).toThrow(
      /No cluster serves the environment "production"/,
    );
  });

  it('names the key of a cluster that nothing else describes', () => {
    const config = new ConfigReader({
      kubernetes: KUBERNETES,
      platform: { clusters: [{ name: 'other', serviceAccountToken: 'x' }] },
    });
    expect(() => ConfiguredClusters.fromConfig(config)).toThrow(
      /platform\.clusters\[0\]\.name is "other"/,
    );
  });

  it('tells how far the local cluster is while it does not answer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-test-'));
    const statusFile = join(folder, 'status.json');
    await writeFile(
      statusFile,
      JSON.stringify({ state: 'building', message: 'step 3 of 9' }),
    );
    const clusters = ConfiguredClusters.fromConfig(
      new ConfigReader({
        kubernetes: KUBERNETES,
        platform: {
          clusters: [{ name: 'local', serviceAccountToken: 'x' }],
          localCluster: { statusFile },
        },
      }),
    );
    const cluster = clusters.forEnvironment('development');
    expect(cluster.local).toBe(true);
    await expect(cluster.version()).rejects.toThrow(
      /Its state: step 3 of 9\. The home page/,
    );
  });
});
