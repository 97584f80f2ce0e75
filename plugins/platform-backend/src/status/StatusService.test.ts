import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Cluster, GitProvider } from '@waymark/plugin-platform-node';
import { readPlatformConfig } from '../config';
import { StatusService } from './StatusService';

describe('StatusService', () => {
  let folder: string;
  let statusFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waymark-status-'));
    statusFile = join(folder, 'status.json');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function clusterStatus(
    cluster: Partial<Cluster> | undefined,
    fileContent: object,
  ) {
    await writeFile(statusFile, JSON.stringify(fileContent));
    const service = new StatusService({
      clusters: {
        list: () => (cluster ? [cluster as Cluster] : []),
        forEnvironment: () => cluster as Cluster,
      },
      git: {
        type: 'embedded',
        host: 'localhost',
        ping: async () => {},
      } as Partial<GitProvider> as GitProvider,
      config: readPlatformConfig(
        new ConfigReader({
          platform: { localCluster: { statusFile } },
          techdocs: { builder: 'external' },
        }),
      ),
    });
    return (await service.status()).cluster;
  }

  const answers = async () => ({ gitVersion: 'v1.33.1' });

  it('says how a configured cluster is, whatever local mode says of its own', async () => {
    await expect(
      clusterStatus(
        { name: 'remote', local: false, version: answers },
        { state: 'absent', message: 'The configured cluster is used: remote.' },
      ),
    ).resolves.toMatchObject({
      state: 'ready',
      name: 'remote',
      local: false,
      message: 'Kubernetes v1.33.1.',
    });
  });

  it('names a configured cluster that does not answer', async () => {
    const version = async () => {
      throw new ServiceUnavailableError('The cluster "remote" is away.');
    };
    await expect(
      clusterStatus(
        { name: 'remote', local: false, version },
        { state: 'absent', message: 'not needed' },
      ),
    ).resolves.toMatchObject({
      state: 'error',
      local: false,
      message: 'The cluster "remote" is away.',
    });
  });

  it('shows how far the local cluster is while it comes up', async () => {
    await expect(
      clusterStatus(
        { name: 'local', local: true, version: answers },
        { state: 'building', message: 'step 6 of 9' },
      ),
    ).resolves.toMatchObject({
      state: 'building',
      local: true,
      message: 'step 6 of 9',
    });
  });

  it('repeats why there is no local cluster', async () => {
    await expect(
      clusterStatus(undefined, { state: 'absent', message: 'none to be had' }),
    ).resolves.toMatchObject({ state: 'absent', message: 'none to be had' });
  });
});
