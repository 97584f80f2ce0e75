import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { deployment, incident, startDora } from '../__testUtils__/startDora';
import { createDerivation } from '../derivation/createDerivation';
import { Retention } from './Retention';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

describe.each(databases.eachSupportedId())('operations on %s', id => {
  const start = (dora: object = {}, knex?: Knex) =>
    startDora({
      databases,
      id,
      knex,
      config: { dora: { retention: { events: false }, ...dora } },
    });

  it('removes the sample data, and leaves the rest as if it had never been', async () => {
    const dora = await start({ sampleSource: 'waymark-sample' });
    const sample = { source: 'waymark-sample' };
    const real = [
      deployment({
        id: 'r1',
        revision: 'r1',
        finishedAt: '2026-03-05T10:00:00Z',
      }),
      deployment({
        id: 'r2',
        revision: 'r2',
        finishedAt: '2026-03-06T10:00:00Z',
      }),
    ];
    await dora.send('/deployments', real);
    await dora.processed();
    const before = await dora.get(`/metrics?${WINDOW}`);

    await dora.send('/deployments', [
      deployment({ ...sample, id: 's1', revision: 's1' }),
      // brings back r1 after r2, and so makes r2 a failure
      deployment({
        ...sample,
        id: 's2',
        revision: 'r1',
        finishedAt: '2026-03-07T10:00:00Z',
      }),
    ]);
    await dora.send(
      '/incidents',
      incident({ ...sample, openedAt: '2026-03-06T11:00:00Z' }),
    );
    await dora.processed();
    const between = await dora.get(`/metrics?${WINDOW}`);
    expect(between.body.changeFailRate.failed).toBeGreaterThan(0);
    expect((await dora.get('/sources')).body.items).toMatchObject([
      { source: 'github-actions', events: 2, sample: false },
      { source: 'waymark-sample', events: 3, sample: true },
    ]);

    const removed = await request(dora.server)
      .delete('/api/dora/v1/samples')
      .set('authorization', mockCredentials.user.header());
    expect(removed.body).toEqual({ events: 3, deployments: 2, incidents: 1 });
    const after = await dora.get(`/metrics?${WINDOW}`);
    expect(after.body).toEqual(before.body);
    expect(dora.audited.at(-1)).toMatchObject({ eventId: 'samples-delete' });
    await dora.stop();
  });

  it('removes what is past its retention, but no incident that is still open', async () => {
    const dora = await start();
    await dora.send('/deployments', [
      deployment({
        id: 'old',
        revision: 'a',
        finishedAt: '2020-01-01T00:00:00Z',
      }),
      deployment({ id: 'new', revision: 'b' }),
    ]);
    await dora.send('/incidents', [
      incident({ id: 'open', openedAt: '2020-01-02T00:00:00Z' }),
      incident({
        id: 'over',
        status: 'resolved',
        openedAt: '2020-01-02T00:00:00Z',
        resolvedAt: '2020-01-03T00:00:00Z',
      }),
    ]);
    await dora.processed();
    await dora.knex('webhook_deliveries').insert({
      source: 'github',
      delivery_key: 'd-1',
      headers: '{}',
      body: Buffer.from('{}'),
      received_at: new Date('2026-01-01T00:00:00Z'),
      state: 'processed',
    });
    const retention = new Retention({
      config: { retention: { events: { years: 3 }, rawBodies: { days: 30 } } },
      database: dora.knex,
      derivation: createDerivation({
        config: {
          productionEnvironments: ['production'],
          failedAttemptsCount: true,
          attributionWindow: 1,
          retention: {},
          webhooks: {},
        },
      }),
      now: () => Date.parse('2026-03-10T00:00:00Z'),
    });
    expect(await retention.run()).toEqual({
      bodies: 1,
      deployments: 1,
      incidents: 1,
      events: 2,
      deliveries: 0,
    });
    expect(await dora.knex('deployments').pluck('external_id')).toEqual([
      'new',
    ]);
    expect(await dora.knex('incidents').pluck('external_id')).toEqual(['open']);
    expect(
      (await dora.get(`/metrics?${WINDOW}`)).body.deploymentFrequency,
    ).toMatchObject({ deployments: 1 });
    await dora.stop();
  });

  it('counts anew when the settings have changed', async () => {
    const first = await start();
    await first.send('/deployments', [
      deployment({ status: 'failure' }),
      deployment({
        id: 'run-2',
        environment: 'Live',
        finishedAt: '2026-03-03T00:00:00Z',
      }),
    ]);
    await first.processed();
    const counts = async (dora: typeof first) => {
      const { body } = await dora.get(`/metrics?${WINDOW}`);
      const { failed, total } = body.changeFailRate;
      return { failed, total };
    };
    expect(await counts(first)).toEqual({ failed: 1, total: 1 });

    const second = await start(
      {
        productionEnvironments: ['live', 'production'],
        failedAttemptsCount: false,
      },
      first.knex,
    );
    await eventually(async () =>
      expect(await counts(second)).toEqual({ failed: 0, total: 2 }),
    );
    await second.stop();
    await first.stop();
  });
});

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await check();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
