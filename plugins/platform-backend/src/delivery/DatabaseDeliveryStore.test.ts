import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';
import type { NewDelivery } from './DeliveryStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const wanted: NewDelivery = {
  namespace: 'checkout-development',
  namespaceUid: 'uid-1',
  component: 'checkout',
  owner: 'group:default/team-payments',
  environment: 'development',
  repository: 'team-payments/checkout',
  revision: 'a',
  trigger: 'push',
};

describe.each(databases.eachSupportedId())(
  'DatabaseDeliveryStore on %s',
  databaseId => {
    let now: number;
    let store: DatabaseDeliveryStore;

    beforeEach(async () => {
      now = 1_000_000;
      const knex = await databases.init(databaseId);
      store = await DatabaseDeliveryStore.create(
        mockServices.database({ knex }),
        { now: () => now, reports: true },
      );
    });

    const enqueue = (overrides: Partial<NewDelivery> = {}) => {
      now += 1;
      return store.enqueue({ ...wanted, ...overrides });
    };

    it('lets the newest revision take the place of what waits', async () => {
      const first = await enqueue();
      const second = await enqueue({ revision: 'b' });
      expect(await store.get(first.id)).toMatchObject({ status: 'superseded' });
      expect(await store.claim()).toMatchObject({
        id: second.id,
        revision: 'b',
        status: 'running',
      });
      expect(await store.latest(wanted.namespace)).toMatchObject({
        id: second.id,
        namespaceUid: 'uid-1',
      });
    });

    it('delivers to one namespace one at a time, and to others meanwhile', async () => {
      const first = await enqueue();
      expect(await store.claim()).toMatchObject({ id: first.id });
      const second = await enqueue({ revision: 'b' });
      expect(await store.isOutdated(first)).toBe(true);
      expect(await store.claim()).toBeUndefined();
      const other = await enqueue({ namespace: 'checkout-staging' });
      expect(await store.claim()).toMatchObject({ id: other.id });
      await store.finish(first.id, { status: 'succeeded', message: 'Done.' });
      expect(await store.claim()).toMatchObject({ id: second.id });
    });

    it('claims a delivery once, however many ask at the same moment', async () => {
      await enqueue();
      const claimed = await Promise.all(
        Array.from({ length: 8 }, () => store.claim()),
      );
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it('puts what a dead worker held back into the queue', async () => {
      const { id } = await enqueue();
      await store.claim();
      now += 10_000;
      expect(await store.heartbeat(id)).toBe(true);
      now += 15_000;
      expect(await store.releaseStale()).toBe(0);
      now += 10_000;
      expect(await store.releaseStale()).toBe(1);
      expect(await store.heartbeat(id)).toBe(false);
      expect(await store.get(id)).toMatchObject({
        status: 'queued',
        log: [{ level: 'warn' }],
      });
      expect(await store.claim()).toMatchObject({ id });
    });

    it('keeps the log in order and a repeated sentence once', async () => {
      const { id } = await enqueue();
      await store.log(id, { level: 'info', message: 'one' });
      await store.logOnce(id, { level: 'warn', message: 'two' });
      await store.logOnce(id, { level: 'warn', message: 'two' });
      const { log } = (await store.get(id))!;
      expect(log.map(line => line.message)).toEqual(['one', 'two']);
      expect(log[0].at).toBe(new Date(now).toISOString());
    });

    it('lists newest first, by owner, component and namespace', async () => {
      await enqueue();
      await enqueue({
        namespace: 'cart-staging',
        component: 'cart',
        owner: 'group:default/b',
      });
      const list = (filter: object) => store.list({ limit: 10, ...filter });
      expect((await list({})).map(each => each.component)).toEqual([
        'cart',
        'checkout',
      ]);
      expect(await list({ owners: ['group:default/b'] })).toHaveLength(1);
      expect(await list({ owners: [] })).toHaveLength(0);
      expect(await list({ component: 'checkout' })).toHaveLength(1);
      expect(await list({ namespace: 'cart-staging' })).toHaveLength(1);
    });
  },
);
