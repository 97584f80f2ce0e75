import type { Knex } from 'knex';
import { Random } from '../dataset/Random';
import { serviceRef } from '../dataset/options';
import type { Backend } from '../run/Backend';
import { MemoryWatch } from './MemoryWatch';
import { Spread, spreadOf } from './percentiles';

const BATCH = 20;
const DRAINED_WITHIN_MS = 300_000;

/** How a minute of events went. */
export interface Ingestion {
  readonly sent: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** From planned to acknowledged, milliseconds. */
  readonly acknowledged: Spread;
  /** Events that waited to be processed when the last one was sent. */
  readonly backlog: number;
  /** From the last acknowledgement until all were processed. */
  readonly drainedMs: number;
  readonly memory: { readonly first: number; readonly most: number };
}

/**
 * Sends events over HTTP at a rate that does not wait for the answers, 5 % of
 * them twice and 5 % late, and counts what the database has of them at the end.
 * @throws Error where an event is missing, or is there twice
 */
export async function ingestion(
  backend: Backend,
  knex: Knex,
  options: { rate: number; seconds: number; services: number; to: number },
): Promise<Ingestion> {
  const batches = plan(options);
  const memory = new MemoryWatch(() => backend.memory());
  const interval = (BATCH / options.rate) * 1000;
  const began = performance.now();
  const answers = await Promise.all(
    batches.map(async (batch, index) => {
      const planned = began + index * interval;
      const wait = Math.max(1, planned - performance.now());
      await new Promise(resolve => setTimeout(resolve, wait));
      const answer = await send(backend, batch);
      return { ...answer, took: performance.now() - planned };
    }),
  );
  const backlog = await waiting(knex);
  const sentAll = performance.now();
  await drained(knex);
  const total = (of: (answer: (typeof answers)[number]) => number) =>
    answers.reduce((sum, answer) => sum + of(answer), 0);
  const result = {
    sent: batches.flat().length,
    accepted: total(answer => answer.accepted),
    duplicates: total(answer => answer.duplicates),
    acknowledged: spreadOf(answers.map(answer => answer.took)),
    backlog,
    drainedMs: performance.now() - sentAll,
    memory: memory.end(),
  };
  await everyEventOnce(knex, batches.flat());
  return result;
}

interface SentEvent {
  readonly id: string;
}

function plan(options: {
  rate: number;
  seconds: number;
  services: number;
  to: number;
}): SentEvent[][] {
  const { rate, seconds, services, to } = options;
  const random = new Random(7);
  const events: SentEvent[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    if (n > 100 && random.chance(0.05)) {
      events.push(events[n - 1 - Math.floor(random.next() * 100)]);
      continue;
    }
    const late = random.chance(0.05) ? random.next() * 86_400_000 * 30 : 0;
    const finished = to + n * 20 - late;
    const service = Math.floor(random.next() * services);
    events.push(deployment(n, service, finished, random));
  }
  return Array.from({ length: events.length / BATCH }, (_, batch) =>
    events.slice(batch * BATCH, (batch + 1) * BATCH),
  );
}

function deployment(
  n: number,
  service: number,
  finished: number,
  random: Random,
) {
  const sha = random.sha();
  return {
    id: `ingested-${n}`,
    source: 'benchmark',
    service: serviceRef(service),
    environment: 'production',
    status: random.chance(0.03) ? 'failure' : 'success',
    revision: sha,
    finishedAt: new Date(finished).toISOString(),
    changes: Array.from({ length: 5 }, (_, index) => ({
      sha: index === 0 ? sha : random.sha(),
      committedAt: new Date(
        finished - random.exponential(86_400_000),
      ).toISOString(),
    })),
  };
}

async function send(backend: Backend, batch: readonly SentEvent[]) {
  const response = await backend.fetch('/deployments', {
    method: 'POST',
    body: JSON.stringify(batch),
  });
  if (response.status !== 202) throw new Error(await response.text());
  return response.json() as Promise<{ accepted: number; duplicates: number }>;
}

async function waiting(knex: Knex): Promise<number> {
  const [{ count }] = await knex('events').where({ state: 'pending' }).count();
  return Number(count);
}

/** Until every event that was taken counts. */
export async function drained(knex: Knex): Promise<void> {
  const deadline = Date.now() + DRAINED_WITHIN_MS;
  while ((await waiting(knex)) > 0) {
    if (Date.now() > deadline) throw new Error('Events still wait after 5 min');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function everyEventOnce(knex: Knex, sent: readonly SentEvent[]) {
  const wanted = new Set(sent.map(({ id }) => id)).size;
  const [{ count }] = await knex('deployments')
    .whereLike('external_id', 'ingested-%')
    .count();
  if (Number(count) !== wanted) {
    throw new Error(`${wanted} deployments were sent, and ${count} are there`);
  }
}
