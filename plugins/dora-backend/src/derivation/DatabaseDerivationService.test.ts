import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  computeMetrics,
  observedSince,
  servicesOf,
  type DoraEvent,
} from '@waymark/plugin-dora-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { ListingService } from '../answers/listings/ListingService';
import { MetricsService } from '../answers/MetricsService';
import { readDoraConfig } from '../config';
import { decodeSamples } from '../facts/samples';
import { SampleData } from '../operations/SampleData';
import {
  arrivals,
  longArrivals,
  SERVICES,
  START,
} from './__testUtils__/arbitraryEvents';
import { Ingest } from './__testUtils__/ingest';
import { migrated } from './__testUtils__/migrated';
import { DatabaseDerivationService } from './DatabaseDerivationService';

jest.setTimeout(600_000);

const DAY = 86_400_000;
const RUNS = Number(process.env.DORA_PROPERTY_RUNS ?? 25);

const anyArrivals = fc.oneof(arrivals, longArrivals);

const attempt = {
  kind: 'deployment',
  id: 'd1',
  source: 'ci',
  service: SERVICES[0],
  environment: 'production',
} as const;

const changes = [{ sha: 'a'.repeat(40), committedAt: '2026-03-02T00:00:00Z' }];

/** What is told on the way counts only until an earlier end is known. */
const changesTakenBack: readonly (readonly DoraEvent[])[] = [
  [
    {
      ...attempt,
      status: 'in_progress',
      finishedAt: '2026-03-02T04:00:00Z',
      changes,
    },
  ],
  [{ ...attempt, status: 'success', finishedAt: '2026-03-02T00:00:00Z' }],
];

/** A rollout's member outside of production names a change that went live later. */
const stagedBefore: readonly (readonly DoraEvent[])[] = [
  [
    { id: 'staged', environment: 'staging', rolloutId: 'r1', changes },
    { id: 'live', rolloutId: 'r1' },
    { id: 'later', finishedAt: '2026-03-02T04:00:00Z', changes },
  ].map(
    (more): DoraEvent => ({
      ...attempt,
      status: 'success',
      finishedAt: '2026-03-02T00:00:00Z',
      ...more,
    }),
  ),
];

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())(
  'DatabaseDerivationService on %s',
  id => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await migrated(databases, id);
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

    async function takeAnew(batches: readonly (readonly DoraEvent[])[]) {
      await knex.raw(
        'TRUNCATE services, deployments, changes, incidents, facts, incident_facts, events RESTART IDENTITY CASCADE',
      );
      const ingest = new Ingest(knex);
      for (const batch of batches) await ingest.take(batch);
    }

    it('gives what the engine gives on the set of events, whatever the order of their arrival', async () => {
      await fc.assert(
        fc.asyncProperty(anyArrivals, async batches => {
          await takeAnew(batches);
          expect(await answers()).toEqual(expected(batches.flat()));
        }),
        { numRuns: RUNS },
      );
    });

    it('gives what it would give if what was removed had never come', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyArrivals,
          fc.constantFrom('ci', 'cd', 'pager'),
          async (batches, source) => {
            await takeAnew(batches);
            const derivation = new DatabaseDerivationService({});
            await new SampleData({
              database: knex,
              derivation,
              source,
            }).remove();
            const rest = batches.flat().filter(e => e.source !== source);
            await observe(rest);
            expect(await answers()).toEqual(expected(rest));
          },
        ),
        { numRuns: RUNS },
      );
    });

    it('explains every sample, change by change', async () => {
      const listings = new ListingService({
        config: readDoraConfig(mockServices.rootConfig()),
        database: knex,
      });
      await fc.assert(
        fc.asyncProperty(arrivals, async batches => {
          await takeAnew(batches);
          const alone = await knex('facts')
            .where({ view: '', rollout_id: null })
            .select('deployment_id', 'lead_seconds');
          for (const row of alone) {
            const detail = await listings.deployment(
              row.deployment_id,
              async () => true,
            );
            const leads = detail.changeList.flatMap(c => c.leadSeconds ?? []);
            expect(leads.sort()).toEqual(
              [...decodeSamples(row.lead_seconds)].sort(),
            );
          }
        }),
        {
          numRuns: Math.ceil(RUNS / 2),
          examples: [[changesTakenBack], [stagedBefore]],
        },
      );
    });

    /** The ingestion's own events, which tell since when services are observed, are not there. */
    async function observe(events: readonly DoraEvent[]) {
      for (const ref of SERVICES) {
        const since = events
          .filter(event => servicesOf(event).includes(ref))
          .flatMap(event => observedSince(event) ?? []);
        await knex('services')
          .where({ ref })
          .update({
            first_event_at:
              since.length > 0 ? new Date(Math.min(...since)) : null,
          });
      }
    }
  },
);
