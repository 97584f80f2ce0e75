import { createBackendModule } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ChangesUnavailableError,
  doraChangesExtensionPoint,
  type ChangesProvider,
} from '@waymark/plugin-dora-node';
import { deployment, startDora } from '../__testUtils__/startDora';
import { ChangesProviders } from './ChangesProviders';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});
const HEAD = 'b'.repeat(40);

describe.each(databases.eachSupportedId())(
  'doraChangesExtensionPoint on %s',
  id => {
    it('lets a module compare revisions, and asks it again on a replay', async () => {
      const compare: jest.MockedFunction<ChangesProvider['compare']> = jest
        .fn()
        .mockRejectedValueOnce(new ChangesUnavailableError('Mend it.'))
        .mockResolvedValue({
          headIsBehind: false,
          commits: [
            { sha: HEAD, committedAt: '2026-03-02T09:00:00Z', parents: [] },
          ],
        });
      const dora = await startDora({
        databases,
        id,
        features: [
          createBackendModule({
            pluginId: 'dora',
            moduleId: 'changes-test',
            register(env) {
              env.registerInit({
                deps: { changes: doraChangesExtensionPoint },
                async init({ changes }) {
                  changes.addProvider({
                    id: 'test',
                    locate: () => ({ host: 'git.test', path: 'a/b' }),
                    compare,
                  });
                },
              });
            },
          }),
        ],
      });
      const until = async (state: string) => {
        for (let tries = 0; tries < 200; tries += 1) {
          const row = await dora
            .knex('deployments')
            .where({ changes_state: state })
            .first();
          if (row) return row;
          await new Promise(resolve => setTimeout(resolve, 50));
        }
        throw new Error(`No deployment's changes came to be ${state}`);
      };
      await dora.send('/deployments', [
        deployment({ id: 'run-1', finishedAt: '2026-03-01T10:00:00Z' }),
        deployment({
          id: 'run-2',
          revision: HEAD,
          finishedAt: '2026-03-02T10:00:00Z',
        }),
      ]);
      expect(await until('unavailable')).toMatchObject({
        external_id: 'run-2',
        base_revision: '4f2c9e1',
        changes_reason: 'Mend it.',
      });
      const replayed = await dora.send('/inbox/replay', {});
      expect(replayed.body).toEqual({ replayed: 1 });
      await until('fetched');
      expect(compare.mock.calls[1][0]).toMatchObject({
        repository: { host: 'git.test', path: 'a/b' },
        base: '4f2c9e1',
        head: HEAD,
        paths: [],
        maxCommits: 5_000,
      });
      const { body } = await dora.get(
        '/metrics?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z',
      );
      expect(body.changeLeadTime).toMatchObject({
        samples: 1,
        medianSeconds: 3_600,
      });
      await dora.stop();
    });
  },
);

describe('ChangesProviders', () => {
  it('refuses a second provider of the same id, and asks added ones first', () => {
    const providers = new ChangesProviders();
    const provider = (name: string): ChangesProvider => ({
      id: name,
      locate: () => ({ host: `${name}.test`, path: 'a/b' }),
      compare: async () => ({ commits: [], headIsBehind: false }),
    });
    providers.setBuiltIn([provider('github')]);
    providers.addProvider(provider('mine'));
    expect(() => providers.addProvider(provider('mine'))).toThrow(
      'Two modules add a provider of changes with the id "mine"',
    );
    expect(providers.locate({})?.provider.id).toBe('mine');
  });
});
