import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { type DeploymentEvent } from '@waymark/plugin-dora-common';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../database/EventStore';
import { migrated } from '../derivation/__testUtils__/migrated';
import { DatabaseDerivationService } from '../derivation/DatabaseDerivationService';
import { toNewEvent } from '../ingestion/toNewEvent';
import type { DeliveryProcessor } from './DeliveryProcessor';
import { EventProcessor } from './EventProcessor';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

function deployment(name: string, day: number) {
  return {
    kind: 'deployment',
    id: `${name}-${day}`,
    source: 'ci',
    service: `component:default/${name}`,
    environment: 'production',
    status: 'success',
    revision: `r${day}`,
    finishedAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
  } as DeploymentEvent;
}

describe.each(databases.eachSupportedId())('EventProcessor on %s', id => {
  it('derives services with much to derive after the others, each by itself', async () => {
    const database = await migrated(databases, id);
    const store = new EventStore({ database, now: () => Date.now() });
    const derivation = new DatabaseDerivationService({});
    const derived: string[][] = [];
    const options = {
      database,
      logger: mockServices.logger.mock(),
      deliveries: { drain: async () => {} } as DeliveryProcessor,
      services: {
        existing: async (refs: readonly string[]) => new Set(refs),
        find: async () => ({ found: [] }),
        annotations: async () => undefined,
        forget: () => {},
      },
      isProduction: () => true,
      onProcessed: () => {},
      most: 10,
      derivation: {
        expire: derivation.expire,
        rederive: async (
          ...[trx, touched]: Parameters<typeof derivation.rederive>
        ) => {
          const refs = await trx('services')
            .whereIn(
              'id',
              touched.map(({ serviceId }) => serviceId),
            )
            .orderBy('ref')
            .pluck('ref');
          derived.push(refs.map(ref => ref.split('/')[1]));
          await derivation.rederive(trx, touched);
        },
      },
    };
    const days = Array.from({ length: 20 }, (_, n) => n + 2);
    const take = async (events: readonly DeploymentEvent[]) => {
      derived.length = 0;
      for (const event of events) await store.insert([toNewEvent(event)]);
      const processor = new EventProcessor(options);
      processor.wake();
      for (;;) {
        const [{ count }] = await database('events')
          .where('state', 'pending')
          .count();
        if (Number(count) === 0) break;
        await pause(10);
      }
      await processor.stop();
    };
    await take(days.map(day => deployment('long', day)));
    expect(derived).toEqual([['long']]);
    await take([
      deployment('long', 1),
      deployment('small', 1),
      deployment('other', 1),
    ]);
    expect(derived).toEqual([['other', 'small'], ['long']]);
    const facts = await database('facts').count();
    expect(facts).toEqual([{ count: '23' }]);
  });
});
