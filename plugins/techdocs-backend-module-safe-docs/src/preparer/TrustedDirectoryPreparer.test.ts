import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TrustedDirectoryPreparer } from './TrustedDirectoryPreparer';

let folder: string;

beforeEach(async () => {
  folder = await fs.realpath(
    await fs.mkdtemp(path.join(os.tmpdir(), 'preparer-test-')),
  );
  await fs.mkdir(path.join(folder, 'docs'));
  await fs.writeFile(path.join(folder, 'docs', 'index.md'), '# Server');
  await fs.writeFile(path.join(folder, 'private.txt'), 'private');
});

afterEach(() => fs.rm(folder, { recursive: true, force: true }));

function setUp() {
  const reader = mockServices.urlReader.mock();
  const preparer = new TrustedDirectoryPreparer({
    reader,
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  });
  return { reader, preparer };
}

function entity(annotations: Record<string, string>) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'a',
      annotations: { 'backstage.io/techdocs-ref': 'dir:.', ...annotations },
    },
  };
}

describe('TrustedDirectoryPreparer', () => {
  it('copies the docs of a configured file location, and nothing else', async () => {
    const { preparer } = setUp();
    const component = entity({
      'backstage.io/managed-by-location': `file:${folder}/catalog-info.yaml`,
    });
    const { preparedDir, etag } = await preparer.prepare(component);

    expect(preparedDir).not.toBe(folder);
    expect(await fs.readdir(preparedDir)).toEqual(['docs']);
    await expect(preparer.prepare(component, { etag })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });

    await fs.writeFile(path.join(folder, 'docs', 'two.md'), '# Two');
    const again = await preparer.prepare(component, { etag });
    expect(again.etag).not.toBe(etag);
    await fs.rm(preparedDir, { recursive: true });
    await fs.rm(again.preparedDir, { recursive: true });
  });

  it('refuses a repository that names a folder of the server', async () => {
    const { preparer } = setUp();
    await expect(
      preparer.prepare(
        entity({
          'backstage.io/managed-by-location':
            'url:https://github.com/acme/a/blob/main/catalog-info.yaml',
          'backstage.io/source-location': `file:${folder}/catalog-info.yaml`,
        }),
      ),
    ).rejects.toThrow(/cannot point its docs to a folder/);
  });

  it('reads the repository of any other entity', async () => {
    const { preparer, reader } = setUp();
    reader.readTree.mockResolvedValue({
      etag: 'sha',
      dir: async () => folder,
      files: async () => [],
      archive: jest.fn(),
    });
    const prepared = await preparer.prepare(
      entity({
        'backstage.io/managed-by-location':
          'url:https://github.com/acme/a/blob/main/catalog-info.yaml',
        'backstage.io/source-location':
          'url:https://github.com/acme/a/tree/main/',
      }),
      { etag: 'old' },
    );
    expect(prepared).toEqual({ preparedDir: folder, etag: 'sha' });
    expect(reader.readTree).toHaveBeenCalledWith(
      'https://github.com/acme/a/tree/main/',
      { etag: 'old' },
    );
  });
});
