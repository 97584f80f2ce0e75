import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  ChangesDelayedError,
  type ChangesProvider,
} from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { FakeProvider } from './__testUtils__/FakeProvider';
import { History } from './__testUtils__/History';
import { githubRoutes } from './__testUtils__/routes';
import { ChangesFetcher } from './ChangesFetcher';
import { ChangesProviders } from './ChangesProviders';
import { readChangesConfig } from './config';
import { HostGates } from './HostGates';
import { startChanges } from './startChanges';
import { WantedChanges } from './WantedChanges';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});
const FINISHED = '2026-03-02T10:00:00.000Z';
const LEASE = { limit: 10, lease: 60_000, except: [] };

/** What runs on start and on stop. */
function hooks() {
  const started: (() => void)[] = [];
  const stopped: (() => void | Promise<void>)[] = [];
  return {
    lifecycle: {
      addStartupHook: (hook: () => void) => started.push(hook),
      addShutdownHook: (hook: () => void) => stopped.push(hook),
    },
    start: () => started.forEach(hook => hook()),
    stop: () => Promise.all(stopped.map(hook => hook())),
  };
}

describe.each(databases.eachSupportedId())('changes on %s', databaseId => {
  let database: Knex;
  let history: History;
  let fake: FakeProvider;
  let now: number;
  const rederive = jest.fn();
  const derivation = { rederive };

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await database.migrate.latest({
      directory: resolvePackagePath(
        '@waymark/plugin-dora-backend',
        'migrations',
      ),
    });
    rederive.mockReset().mockResolvedValue(undefined);
    history = new History();
    fake = new FakeProvider(history, githubRoutes);
    await fake.start();
    now = Date.parse('2026-04-01T00:00:00Z');
    await database('services').insert({
      id: 1,
      ref: 'component:default/checkout',
    });
  });
  afterEach(() => fake.stop());

  async function want(base: string, head: string, extra: object = {}) {
    const [{ id }] = await database('deployments')
      .insert({
        service_id: 1,
        source: 'ci',
        external_id: head + Math.random(),
        environment: 'production',
        production: true,
        status: 'success',
        revision: head,
        base_revision: base,
        finished_at: FINISHED,
        changes_state: 'wanted',
        ...extra,
      })
      .returning('id');
    return String(id);
  }
  const row = (id: string) => database('deployments').where({ id }).first();
  const queue = () =>
    new WantedChanges({ database, derivation, now: () => now });

  function fetcher(
    options: {
      provider?: Partial<ChangesProvider>;
      annotations?: Record<string, string>;
      maxAttempts?: number;
    } = {},
  ) {
    const providers = new ChangesProviders();
    if (options.provider) {
      providers.addProvider({
        id: 'test',
        locate: () => ({ host: 'git.test', path: 'a/b' }),
        compare: async () => ({ commits: [], headIsBehind: false }),
        ...options.provider,
      });
    }
    const gates = new HostGates(2, () => now);
    const logger = mockServices.logger.mock();
    const made = new ChangesFetcher({
      config: {
        ...readChangesConfig(new ConfigReader({})),
        maxAttempts: options.maxAttempts ?? 12,
      },
      gates,
      logger,
      now: () => now,
      providers,
      random: () => 1,
      services: { annotations: async () => options.annotations ?? {} },
      wanted: queue(),
    });
    return { gates, logger, fetcher: made };
  }

  async function fetchOnce(made: ChangesFetcher) {
    const claimed = await queue().claim(LEASE);
    await Promise.all(
      claimed.map(each => made.fetch(each, new AbortController().signal)),
    );
    return claimed.length;
  }

  function running(extra: { annotations?: Record<string, string> } = {}) {
    const process = hooks();
    const started = startChanges({
      database,
      derivation,
      lifecycle: process.lifecycle as any,
      logger: mockServices.logger.mock(),
      now: () => Date.now(),
      rootConfig: mockServices.rootConfig({
        data: {
          integrations: {
            github: [
              {
                host: fake.host,
                apiBaseUrl: `http://${fake.host}/api/v3`,
                token: 't',
              },
            ],
          },
        },
      }),
      services: {
        annotations: async () =>
          extra.annotations ?? {
            'backstage.io/source-location': `url:http://${fake.host}/shop/checkout/tree/main/`,
          },
      },
    });
    return { ...process, queue: started };
  }

  async function until(what: () => Promise<boolean>) {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await what()) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('It did not happen');
  }

  it('stores what the provider finds, and derives anew in the same transaction', async () => {
    const base = history.commit('Begin');
    const head = history.grow(150);
    const id = await want(base, head);
    let seen: unknown;
    rederive.mockImplementation(async (trx: Knex.Transaction) => {
      seen = await trx('changes').count().first();
      expect(await database('changes').count().first()).toEqual({ count: '0' });
    });
    const app = running();
    await app.queue;
    app.start();
    await until(async () => (await row(id)).changes_state === 'fetched');
    await app.stop();

    expect(seen).toEqual({ count: '150' });
    expect(rederive).toHaveBeenCalledTimes(1);
    expect(rederive.mock.calls[0][1]).toEqual([
      { serviceId: 1, from: new Date(FINISHED) },
    ]);
    expect(await database('changes').where({ sha: head }).first()).toEqual({
      deployment_id: id,
      service_id: 1,
      sha: head,
      committed_at: new Date('2026-01-07T06:00:00Z'),
      first_committed_at: null,
      pull_request: null,
      parents: [expect.any(String)],
      title: 'Change 149',
      author: 'Devon Reyes',
      url: expect.stringContaining(head),
    });
  });

  it('stores nothing where deriving fails, and tries again', async () => {
    const base = history.commit('Begin');
    const id = await want(base, history.grow(3));
    rederive.mockRejectedValueOnce(new Error('deadlock'));
    const made = fetcher({
      provider: {
        compare: async () => ({
          headIsBehind: false,
          commits: [
            {
              sha: 'a'.repeat(40),
              committedAt: '2026-01-01T00:00:00Z',
              parents: [],
            },
          ],
        }),
      },
    });
    await fetchOnce(made.fetcher);
    expect(await row(id)).toMatchObject({
      changes_state: 'wanted',
      changes_attempts: 1,
      changes_next_at: new Date(now + 15_000),
    });
    expect(await database('changes')).toEqual([]);
    now += 15_000;
    await fetchOnce(made.fetcher);
    expect(await row(id)).toMatchObject({ changes_state: 'fetched' });
    expect(await database('changes')).toHaveLength(1);
  });

  it('derives from the first member of a rollout on', async () => {
    const base = history.commit('Begin');
    const rollout = { rollout_id: 'r1' };
    const head = history.grow(2);
    await want(base, head, {
      ...rollout,
      changes_state: 'none',
      finished_at: '2026-03-02T09:00:00Z',
    });
    await want(base, head, rollout);
    await fetchOnce(fetcher({ provider: {} }).fetcher);
    expect(rederive.mock.calls[0][1]).toEqual([
      { serviceId: 1, from: new Date('2026-03-02T09:00:00Z') },
    ]);
  });

  it('remembers that a revision is older than the one that was live', async () => {
    const head = history.commit('Begin');
    const base = history.grow(2);
    const id = await want(base, head, { ancestor_of: ['x'] });
    const app = running();
    await app.queue;
    app.start();
    await until(async () => (await row(id)).changes_state === 'fetched');
    await app.stop();
    expect((await row(id)).ancestor_of).toEqual(['x', base]);
  });

  it('leaves alone what has come to be compared with another revision in between', async () => {
    const id = await want('old-base', 'head');
    const made = fetcher({
      provider: {
        async compare() {
          await database('deployments')
            .where({ id })
            .update({ base_revision: 'new-base', changes_next_at: null });
          return { commits: [], headIsBehind: true };
        },
      },
    });
    await fetchOnce(made.fetcher);
    expect(await row(id)).toMatchObject({
      changes_state: 'wanted',
      base_revision: 'new-base',
      changes_next_at: null,
      ancestor_of: null,
    });
    expect(rederive).not.toHaveBeenCalled();
  });

  it('takes longer and longer between attempts, then gives up, until somebody asks again', async () => {
    const id = await want('base', 'head');
    const { fetcher: made } = fetcher({
      maxAttempts: 4,
      provider: {
        compare: async () => {
          throw new Error('it rains');
        },
      },
    });
    const pauses: number[] = [];
    for (let attempt = 1; attempt < 4; attempt += 1) {
      expect(await fetchOnce(made)).toBe(1);
      const next = (await row(id)).changes_next_at.getTime();
      pauses.push(next - now);
      expect(await fetchOnce(made)).toBe(0);
      now = next;
    }
    expect(pauses).toEqual([15_000, 30_000, 60_000]);
    await fetchOnce(made);
    expect(await row(id)).toMatchObject({
      changes_state: 'unavailable',
      changes_reason:
        'Given up after 4 attempts, replay to try again: it rains',
    });
    expect(await queue().retryUnavailable()).toBe(1);
    expect(await row(id)).toMatchObject({
      changes_state: 'wanted',
      changes_attempts: 0,
    });
  });

  it('waits for as long as a provider asks, for all services of that host, and counts no attempt', async () => {
    await database('services').insert({ id: 2, ref: 'component:default/cart' });
    const id = await want('base', 'head');
    const compare = jest
      .fn()
      .mockRejectedValueOnce(new ChangesDelayedError('Wait.', now + 3_600_000));
    const { fetcher: made, gates } = fetcher({ provider: { compare } });
    await fetchOnce(made);
    expect(await row(id)).toMatchObject({
      changes_state: 'wanted',
      changes_attempts: 0,
      changes_reason: 'Wait.',
    });
    expect(gates.blockedUntil('git.test')).toBe(now + 3_600_000);
    expect(made.busyServices()).toEqual([1]);

    const other = await want('base', 'other', { service_id: 2 });
    await fetchOnce(made);
    expect(compare).toHaveBeenCalledTimes(1);
    expect(await row(other)).toMatchObject({
      changes_attempts: 0,
      changes_next_at: new Date(now + 3_600_000),
    });
    expect(made.busyServices()).toEqual([1, 2]);
  });

  it.each([
    [{}, /give it the annotation backstage.io\/source-location/],
    [
      { 'backstage.io/source-location': 'url:https://github.com/a/b/' },
      /No Git integration is configured for github.com/,
    ],
  ])('says what is missing: %j', async (annotations, message) => {
    const id = await want('base', 'head');
    await want('base', 'next');
    const { fetcher: made, logger } = fetcher({ annotations });
    await fetchOnce(made);
    expect(await row(id)).toMatchObject({
      changes_state: 'unavailable',
      changes_reason: expect.stringMatching(message),
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it.each(['--upload-pack=x', 'a..b', 'a b', '', 'x'.repeat(300)])(
    'asks no provider for the revision %j',
    async revision => {
      const id = await want('base', revision);
      const compare = jest.fn();
      await fetchOnce(fetcher({ provider: { compare } }).fetcher);
      expect(compare).not.toHaveBeenCalled();
      expect((await row(id)).changes_reason).toMatch(/not a revision of Git/);
    },
  );

  it('gives a comparison to one instance alone, and to another one after a crash', async () => {
    for (let index = 0; index < 20; index += 1) await want('base', `h${index}`);
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => queue().claim({ ...LEASE, limit: 5 })),
    );
    const ids = claims.flat().map(({ deploymentId }) => deploymentId);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await queue().claim({ ...LEASE, limit: 100 });
    expect(ids.length + rest.length).toBe(20);
    expect(await queue().claim(LEASE)).toEqual([]);
    now += 61_000;
    const again = await queue().claim({ ...LEASE, limit: 100 });
    expect(again).toHaveLength(20);
    expect(again.every(({ attempts }) => attempts === 2)).toBe(true);
  });

  it('keeps what it works at, but for what is wanted anew', async () => {
    const id = await want('base', 'head');
    const other = await want('base', 'other');
    const claimed = await queue().claim(LEASE);
    await database('deployments')
      .where({ id: other })
      .update({ base_revision: 'new', changes_next_at: null });
    now += 50_000;
    await queue().renew(claimed, 60_000);
    now += 50_000;
    expect(await queue().claim(LEASE)).toMatchObject([
      { deploymentId: other, base: 'new' },
    ]);
    expect((await row(id)).changes_attempts).toBe(1);
  });

  it('asks one host about few comparisons at once, however many wait', async () => {
    const base = history.commit('Begin');
    const heads = Array.from({ length: 12 }, (_, index) =>
      history.commit(`Head ${index}`, { parents: [base] }),
    );
    for (const head of heads) await want(base, head);
    fake.delay = 30;
    const app = running();
    await app.queue;
    app.start();
    await until(
      async () =>
        (
          await database('deployments').where({ changes_state: 'fetched' })
        ).length === 12,
    );
    await app.stop();
    expect(fake.mostInFlight).toBe(2);
  });

  it('puts back what it is at when it is stopped', async () => {
    const base = history.commit('Begin');
    const id = await want(base, history.grow(2));
    fake.delay = 5_000;
    const app = running();
    await app.queue;
    app.start();
    await until(async () => fake.requests.length === 1);
    await app.stop();
    expect(await row(id)).toMatchObject({
      changes_state: 'wanted',
      changes_attempts: 0,
    });
  });
});
