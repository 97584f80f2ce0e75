import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  TestDatabases,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';
import { DeliveryReporter } from './DeliveryReporter';
import { DeliveryReports } from './DeliveryReports';
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
  revision: 'a'.repeat(40),
  trigger: 'push',
  rolloutId: 'push-1',
};

describe.each(databases.eachSupportedId())(
  'DeliveryReporter on %s',
  databaseId => {
    let server: Server;
    let answers: { status: number; body: unknown }[];
    let received: { authorization?: string; body: any }[];
    let store: DatabaseDeliveryStore;
    let reporter: DeliveryReporter;
    let now: number;
    const logger = mockServices.logger.mock();

    beforeEach(async () => {
      answers = [];
      received = [];
      now = Date.parse('2026-03-02T10:00:00Z');
      logger.warn.mockReset();
      server = createServer(async (req, res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of req) chunks.push(chunk);
        received.push({
          authorization: req.headers.authorization,
          body: JSON.parse(Buffer.concat(chunks).toString()),
        });
        const { status, body } = answers.shift() ?? {
          status: 202,
          body: { accepted: 1, duplicates: 0, rejected: [] },
        };
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify(body));
      });
      await new Promise<void>(resolve =>
        server.listen(0, '127.0.0.1', resolve),
      );
      const { port } = server.address() as AddressInfo;
      const knex = await databases.init(databaseId);
      store = await DatabaseDeliveryStore.create(
        mockServices.database({ knex }),
        { now: () => now, reports: true },
      );
      const discovery = mockServices.discovery.mock();
      discovery.getBaseUrl.mockResolvedValue(
        `http://127.0.0.1:${port}/api/dora`,
      );
      reporter = new DeliveryReporter({
        appUrl: 'http://localhost:7007/',
        auth: mockServices.auth({ pluginId: 'platform' }),
        discovery,
        logger,
        pluginId: 'dora',
        reports: new DeliveryReports(knex, () => now),
      });
    });
    afterEach(() => server.close());

    async function deliver(
      status: 'succeeded' | 'failed',
      overrides: Partial<NewDelivery> = {},
    ) {
      now += 1_000;
      const { id } = await store.enqueue({ ...wanted, ...overrides });
      await store.claim();
      now += 30_000;
      await store.finish(id, { status, message: 'Done.' });
      return id;
    }
    const events = () => received.flatMap(({ body }) => body);

    it('sends what has ended once, as the plugin that it is', async () => {
      const id = await deliver('succeeded');
      await store.enqueue({ ...wanted, namespace: 'still-queued' });
      await reporter.report();
      await reporter.report();
      expect(received).toHaveLength(1);
      expect(received[0].authorization).toBe(
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:platform'),
          targetPluginId: 'dora',
        }),
      );
      expect(received[0].body).toEqual([
        {
          id,
          source: 'waymark-delivery',
          service: 'component:default/checkout',
          environment: 'development',
          status: 'success',
          revision: 'a'.repeat(40),
          startedAt: '2026-03-02T10:00:01.000Z',
          finishedAt: '2026-03-02T10:00:31.000Z',
          rolloutId: 'push-1',
          url: 'http://localhost:7007/catalog/default/component/checkout/deployments',
        },
      ]);
    });

    it('tells failures, and what a newer revision took the place of', async () => {
      const failed = await deliver('failed');
      const waiting = await store.enqueue(wanted);
      const stopped = await store.enqueue({ ...wanted, revision: 'b' });
      await store.claim();
      await store.finish(stopped.id, { status: 'superseded', message: 'x' });
      await reporter.report();
      expect(
        Object.fromEntries(events().map(({ id, status }) => [id, status])),
      ).toEqual({
        [failed]: 'failure',
        [waiting.id]: 'skipped',
        [stopped.id]: 'cancelled',
      });
    });

    it.each([404, 500, 401])(
      'keeps what is answered with %d, says so once, and sends it later',
      async status => {
        const id = await deliver('succeeded');
        answers.push({ status, body: {} }, { status, body: {} });
        await reporter.report();
        await reporter.report();
        expect(logger.warn).toHaveBeenCalledTimes(1);
        await reporter.report();
        await reporter.report();
        expect(received).toHaveLength(3);
        expect(received[2].body).toMatchObject([{ id }]);
      },
    );

    it('forgets nothing while the other side is down, however much there is', async () => {
      server.close();
      server.closeAllConnections();
      for (let index = 0; index < 60; index += 1) await deliver('succeeded');
      await reporter.report();
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(received).toEqual([]);
      expect(await store.list({ limit: 100 })).toHaveLength(60);
    });

    it('does not send again what is rejected, and says why', async () => {
      const id = await deliver('succeeded');
      const rejected = [{ index: 0, field: 'service', message: 'unknown' }];
      answers.push({ status: 400, body: { accepted: 0, rejected } });
      await reporter.report();
      await reporter.report();
      expect(received).toHaveLength(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(`${id}: service: unknown`),
      );
    });

    it('sends many in parts', async () => {
      for (let index = 0; index < 130; index += 1) {
        await deliver('succeeded', { namespace: `n${index}` });
      }
      await Promise.all([reporter.report(), reporter.report()]);
      expect(received.map(({ body }) => body.length)).toEqual([100, 30]);
      expect(new Set(events().map(({ id }) => id)).size).toBe(130);
    });
  },
);
