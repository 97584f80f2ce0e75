import { TestDatabases } from '@backstage/backend-test-utils';
import { component } from './__testUtils__/component';
import { deployment, incident, startDora } from './__testUtils__/startDora';

jest.setTimeout(180_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const ndjson = (events: readonly object[]) =>
  events.map(event => JSON.stringify(event)).join('\n');

const minute = (n: number) =>
  new Date(Date.UTC(2026, 2, 2) + n * 60_000).toISOString();

describe.each(databases.eachSupportedId())('events of one id on %s', id => {
  it('counts for every service whose pipeline uses the same id', async () => {
    const names = Array.from({ length: 290 }, (_, index) => `service-${index}`);
    const entities = names.map(name => component(name));
    const dora = await startDora({ databases, id, entities });
    const events = (
      ['queued', 'in_progress', 'cancelled', 'success'] as const
    ).flatMap((status, step) =>
      names.map(service => ({
        ...deployment({ id: 'v1.0.0', source: 'git-tags', service, status }),
        finishedAt: undefined,
        occurredAt: minute(step),
      })),
    );
    const { status, body } = await dora.send(
      '/deployments',
      ndjson(events),
      'application/x-ndjson',
    );
    expect([status, body.accepted]).toEqual([202, 1_160]);
    await dora.processed();
    const states = await dora.knex('events').distinct('state').pluck('state');
    expect(states).toEqual(['processed']);
    const stored = await dora.knex('deployments').pluck('status');
    expect(stored).toEqual(Array(290).fill('success'));
    await dora.stop();
  });

  it('takes the end of a deployment after any number of events that only repeat its state', async () => {
    const dora = await startDora({ databases, id });
    const repeated = Array.from({ length: 20_000 }, (_, index) => ({
      ...deployment({ status: 'in_progress' }),
      finishedAt: undefined,
      occurredAt: minute(index),
    }));
    await dora.send('/deployments', ndjson(repeated), 'application/x-ndjson');
    await dora.send('/deployments', deployment({ finishedAt: minute(20_001) }));
    await dora.send(
      '/deployments',
      deployment({ environment: 'staging', finishedAt: minute(3) }),
    );
    await dora.processed(60);
    expect(
      await dora.knex('deployments').orderBy('environment').select('status'),
    ).toEqual([{ status: 'success' }, { status: 'success' }]);
    const [{ count }] = await dora
      .knex('events')
      .where({ state: 'processed' })
      .count();
    expect(Number(count)).toBe(1_002);
    const { body } = await dora.get('/inbox?state=rejected&limit=1');
    expect(body.items[0].reason).toContain('1000');
    await dora.stop();
  });

  it('tells environments apart without case, as the answers do', async () => {
    const dora = await startDora({ databases, id });
    const { body } = await dora.send('/deployments', [
      deployment({ environment: 'Production' }),
      deployment({ environment: 'PRODUCTION' }),
      deployment({ environment: 'production', version: '2' }),
    ]);
    expect(body).toMatchObject({ accepted: 2, duplicates: 1 });
    await dora.processed();
    expect(await dora.knex('deployments')).toMatchObject([
      { environment: 'production', production: true, version: '2' },
    ]);
    await dora.stop();
  });

  it('corrects what was told wrongly by what is told later', async () => {
    const dora = await startDora({ databases, id });
    const opened = { openedAt: '2026-03-02T11:00:00Z' };
    await dora.send('/deployments', deployment());
    await dora.send('/incidents', incident(opened));
    await dora.processed();
    const corrections = [
      await dora.send(
        '/deployments',
        deployment({ status: 'cancelled', occurredAt: '2026-03-02T12:00:00Z' }),
      ),
      await dora.send(
        '/incidents',
        incident({
          ...opened,
          status: 'resolved',
          resolvedAt: opened.openedAt,
        }),
      ),
    ];
    expect(corrections.map(({ status }) => status)).toEqual([202, 202]);
    await dora.processed();
    expect(await dora.knex('deployments').pluck('status')).toEqual([
      'cancelled',
    ]);
    expect(await dora.knex('incidents').pluck('open')).toEqual([false]);
    await dora.stop();
  });
});
