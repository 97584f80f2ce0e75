import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  techdocsGeneratorExtensionPoint,
  techdocsPreparerExtensionPoint,
  techdocsPublisherExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { techdocsModuleSafeDocs } from './module';

const REPOSITORY = 'http://localhost:7007/api/git/team-payments/checkout';
const source = `url:${REPOSITORY}/src/branch/main/`;

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    uid: '1',
    annotations: {
      'backstage.io/techdocs-ref': 'dir:.',
      'backstage.io/managed-by-location': `${source}catalog-info.yaml`,
      'backstage.io/source-location': source,
    },
  },
  spec: { type: 'service' },
};

describe('techdocsModuleSafeDocs', () => {
  let root: string;
  beforeEach(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), 'safe-docs-module-'));
  });
  afterEach(() => fs.rm(root, { recursive: true, force: true }));

  /** A stand-in for mkdocs, so that this runs everywhere: it copies the pages. */
  async function fakeMkdocs() {
    const file = path.join(root, 'mkdocs');
    const script =
      '#!/bin/sh\nmkdir -p "$5"\ncp docs/index.md "$5/index.html"\n';
    await fs.writeFile(file, script, { mode: 0o755 });
    return file;
  }

  it('builds docs on registration and on push, and has the catalog read the repository again', async () => {
    let page = 'first';
    const reader = mockServices.urlReader.mock();
    reader.readTree.mockImplementation(async (_url, options) => {
      if (options?.etag === page) {
        throw Object.assign(new Error(), { name: 'NotModifiedError' });
      }
      const directory = await fs.mkdtemp(path.join(root, 'tree-'));
      await fs.mkdir(path.join(directory, 'docs'));
      await fs.writeFile(path.join(directory, 'docs/index.md'), page);
      return {
        etag: page,
        dir: async () => directory,
        files: async () => [],
        archive: jest.fn(),
      };
    });
    const catalog = catalogServiceMock.mock();
    catalog.streamEntities.mockImplementation(async function* stream() {
      yield [entity];
    });
    let publish: (event: { topic: string; eventPayload: unknown }) => unknown;
    const host = createBackendPlugin({
      pluginId: 'git',
      register(env) {
        env.registerInit({
          deps: { events: eventsServiceRef },
          async init({ events }) {
            publish = event => events.publish(event);
          },
        });
      },
    });
    const setTechdocsGenerator = jest.fn();
    const scheduler = mockServices.scheduler.mock();

    const backend = await startTestBackend({
      extensionPoints: [
        [techdocsGeneratorExtensionPoint, { setTechdocsGenerator }],
        [techdocsPreparerExtensionPoint, { registerPreparer: jest.fn() }],
        [
          techdocsPublisherExtensionPoint,
          {
            registerPublisher: jest.fn(),
            registerPublisherSettings: jest.fn(),
          },
        ],
      ],
      features: [
        techdocsModuleSafeDocs,
        host,
        eventsServiceFactory,
        catalog.factory,
        reader.factory,
        scheduler.factory,
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              gitea: [
                {
                  host: 'localhost:7007',
                  baseUrl: 'http://localhost:7007/api/git',
                },
              ],
            },
            techdocs: {
              generator: { runIn: 'local' },
              publisher: {
                type: 'local',
                local: { publishDirectory: path.join(root, 'published') },
              },
              safeDocs: {
                command: await fakeMkdocs(),
              },
            },
          },
        }),
      ],
    });
    expect(setTechdocsGenerator).toHaveBeenCalledTimes(1);

    const published = () =>
      fs
        .readFile(
          path.join(root, 'published/default/component/checkout/index.html'),
          'utf8',
        )
        .catch(() => '');
    const [task] = scheduler.scheduleTask.mock.calls[0];
    await task.fn(new AbortController().signal);
    expect(await published()).toBe('first');

    page = 'second';
    const push = { owner: 'team-payments', repo: 'checkout' };
    const main = { branch: 'main', defaultBranch: 'main' };
    await publish!({
      topic: 'git.push',
      eventPayload: { ...push, branch: 'topic', defaultBranch: 'main' },
    });
    expect(catalog.refreshEntity).not.toHaveBeenCalled();
    await publish!({ topic: 'git.push', eventPayload: { ...push, ...main } });

    await until(async () => (await published()) === 'second');
    expect(catalog.refreshEntity).toHaveBeenCalledWith(
      'component:default/checkout',
      expect.anything(),
    );
    expect(catalog.streamEntities).toHaveBeenCalledWith(
      expect.objectContaining({
        query: {
          $any: [
            {
              'metadata.annotations.backstage.io/managed-by-location': {
                $hasPrefix: `url:${REPOSITORY}/`,
              },
            },
          ],
        },
      }),
      expect.anything(),
    );
    await backend.stop();
  }, 30_000);
});

async function until(condition: () => Promise<boolean>) {
  for (let i = 0; i < 200 && !(await condition()); i += 1) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  expect(await condition()).toBe(true);
}
