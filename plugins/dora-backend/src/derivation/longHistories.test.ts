import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  computeMetrics,
  type DeploymentEvent,
  type DoraEvent,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { MetricsService } from '../answers/MetricsService';
import { readDoraConfig } from '../config';
import { Ingest } from './__testUtils__/ingest';
import { migrated } from './__testUtils__/migrated';

jest.setTimeout(600_000);

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2);
const LENGTH = 300;
const NOW = START + (LENGTH + 10) * MINUTE;

/** Statements that a batch may take, however long the history is. */
const FEW = 120;

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

function attempt(n: number, more: Partial<DeploymentEvent> = {}) {
  return {
    kind: 'deployment',
    id: `d${n}`,
    source: 'ci',
    service: 'component:default/a',
    environment: 'production',
    status: 'success',
    finishedAt: new Date(START + n * MINUTE).toISOString(),
    ...more,
  } as DeploymentEvent;
}

const histories: Record<string, (n: number) => DeploymentEvent> = {
  'that goes to and fro between two revisions': n =>
    attempt(n, { revision: n % 2 ? 'green' : 'blue' }),
  'that goes round three revisions': n =>
    attempt(n, { revision: ['stable', 'canary', 'baseline'][n % 3] }),
  'in which each deployment remediates the one before': n =>
    attempt(n, {
      revision: `r${n}`,
      remediates: n > 0 ? { deployment: `d${n - 1}` } : undefined,
    }),
  'in which all attempts fail': n =>
    attempt(n, { revision: `r${n}`, status: 'failure' }),
};

describe.each(databases.eachSupportedId())('a long history on %s', id => {
  let knex: Knex;
  let statements = 0;

  beforeAll(async () => {
    knex = await migrated(databases, id);
    knex.on('query', () => statements++);
  });

  async function answer() {
    const window = { from: START, to: NOW };
    return new MetricsService({
      config: readDoraConfig(mockServices.rootConfig()),
      database: knex,
      now: () => NOW,
    }).metrics(
      { single: false },
      {
        scope: { kind: 'organisation' },
        window,
        interval: 'day',
        timezone: 'UTC',
      },
    );
  }

  it.each(Object.entries(histories))(
    '%s takes no more for a batch than a short one',
    async (_name, of) => {
      await knex.raw(
        'TRUNCATE services, deployments, changes, incidents, facts, incident_facts, events RESTART IDENTITY CASCADE',
      );
      const ingest = new Ingest(knex);
      const numbers = Array.from({ length: LENGTH }, (_, n) => n);
      const events: DoraEvent[] = numbers.map(of);
      const [late] = events.splice(Math.floor(LENGTH / 3), 1);
      const last = events.pop()!;
      const half = Math.floor(LENGTH / 2);
      for (const batch of [
        events.slice(0, half),
        events.slice(half),
        [last],
        [late],
      ]) {
        statements = 0;
        await ingest.take(batch);
        expect(statements).toBeLessThan(FEW);
      }
      expect(await answer()).toEqual(
        computeMetrics({
          events: [...events, last, late],
          window: { from: START, to: NOW },
          interval: 'day',
          now: NOW,
        }),
      );
    },
  );
});
