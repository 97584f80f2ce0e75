import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { computeMetrics, type DoraEvent } from '@waymark/plugin-dora-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { MetricsService } from '../answers/MetricsService';
import { readDoraConfig } from '../config';
import { mockServices } from '@backstage/backend-test-utils';
import { arrivals, SERVICES, START } from './__testUtils__/arbitraryEvents';
import { Ingest } from './__testUtils__/ingest';

jest.setTimeout(600_000);

const DAY = 86_400_000;
const RUNS = Number(process.env.DORA_PROPERTY_RUNS ?? 60);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())(
  'DatabaseDerivationService on %s',
  id => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(id);
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@waymark/plugin-dora-backend',
          'migrations',
        ),
      });
    });

    const now = START + 10 * DAY;
    const questions = [
      { from: START, to: START + 6 * DAY },
      { from: START + 2 * DAY, to: START + 4 * DAY },
    ].flatMap(window =>
      [undefined, [SERVICES[0]], [SERVICES[1]], SERVICES].flatMap(services =>
        [undefined, 'prod', 'PRODUCTION', 'staging'].map(environment => ({
          window,
          services,
          environment,
        })),
      ),
    );

    async function answers() {
      const service = new MetricsService({
        config: readDoraConfig(mockServices.rootConfig()),
        database: knex,
        now: () => now,
      });
      const rows = await knex('services').select('id', 'ref');
      const ids = new Map<string, number>(rows.map(r => [r.ref, r.id]));
      return Promise.all(
        questions.map(({ window, services, environment }) =>
          service.metrics(
            {
              serviceIds: services?.flatMap(ref => ids.get(ref) ?? []),
              single: services?.length === 1,
            },
            {
              scope: { kind: 'organisation' },
              window,
              environment: environment?.toLowerCase(),
              interval: 'day',
              timezone: 'UTC',
            },
          ),
        ),
      );
    }

    function expected(events: readonly DoraEvent[]) {
      return questions.map(({ window, services, environment }) =>
        computeMetrics({
          events,
          services,
          environment: environment?.toLowerCase(),
          window,
          interval: 'day',
          now,
        }),
      );
    }

    it('gives what the engine gives on the set of events, whatever the order of their arrival', async () => {
      await fc.assert(
        fc.asyncProperty(arrivals, async batches => {
          await knex.raw(
            'TRUNCATE services, deployments, changes, incidents, facts, incident_facts, events RESTART IDENTITY CASCADE',
          );
          const ingest = new Ingest(knex);
          for (const batch of batches) await ingest.take(batch);
          expect(await answers()).toEqual(expected(batches.flat()));
        }),
        { numRuns: RUNS },
      );
    });
  },
);
