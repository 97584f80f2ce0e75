import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPublisher } from './createPublisher';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'Checkout' },
};

describe('createPublisher', () => {
  let root: string;
  beforeEach(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), 'publisher-test-'));
  });
  afterEach(() => fs.rm(root, { recursive: true, force: true }));

  async function build(files: Record<string, string>) {
    const directory = await fs.mkdtemp(path.join(root, 'build-'));
    for (const [name, content] of Object.entries(files)) {
      await fs.mkdir(path.dirname(path.join(directory, name)), {
        recursive: true,
      });
      await fs.writeFile(path.join(directory, name), content);
    }
    return directory;
  }

  it('removes pages that the new version no longer has, of this entity only', async () => {
    const { publisher, replaces } = await createPublisher({
      config: new ConfigReader({
        techdocs: {
          publisher: {
            type: 'local',
            local: { publishDirectory: path.join(root, 'published') },
          },
        },
      }),
      logger: mockServices.logger.mock(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => 'http://localhost/api/techdocs',
      }),
    });
    expect(replaces).toBe('local');
    const other = { ...entity, metadata: { name: 'other' } };

    const first = { 'index.html': 'one', 'a/secret/index.html': 'secret' };
    await publisher.publish({ entity, directory: await build(first) });
    await publisher.publish({ entity: other, directory: await build(first) });
    await publisher.publish({
      entity,
      directory: await build({ 'index.html': 'two', 'a/index.html': 'a' }),
    });

    const list = async (name: string) => {
      const folder = path.join(root, 'published/default/component', name);
      const found = await fs.readdir(folder, { recursive: true });
      return found.filter(file => file.endsWith('.html')).sort();
    };
    expect(await list('checkout')).toEqual(['a/index.html', 'index.html']);
    expect(await list('other')).toEqual(['a/secret/index.html', 'index.html']);
    expect(await publisher.hasDocsBeenGenerated(entity)).toBe(true);
  });

  it('leaves a bucket to the framework', async () => {
    const { replaces } = await createPublisher({
      config: new ConfigReader({
        techdocs: { publisher: { type: 'local' } },
      }),
      logger: mockServices.logger.mock(),
      discovery: mockServices.discovery.mock(),
    });
    expect(replaces).toBeUndefined();
  });
});
