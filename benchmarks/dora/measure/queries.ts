import type { Knex } from 'knex';
import { serviceRef } from '../dataset/options';
import type { Backend } from '../run/Backend';
import { plainAnswer } from './plainSql';
import { Spread, spreadOf } from './percentiles';

const DAY = 86_400_000;
const WARM_UP = 5;

/** What is asked, once over HTTP and once as plain SQL. */
export interface Question {
  readonly name: string;
  readonly days: number;
  /** Undefined: the organisation. */
  readonly service?: (round: number) => number;
}

/** The two questions that pages ask most. */
export function questions(services: number): readonly Question[] {
  return [
    { name: 'organisation, 90 days by week', days: 90 },
    {
      name: "one service's year by week",
      days: 365,
      service: round => (round * 37) % services,
    },
  ];
}

/** Milliseconds for the answer over HTTP, one request after the other. */
export async function overHttp(
  backend: Backend,
  question: Question,
  { to, rounds }: { to: number; rounds: number },
): Promise<Spread & { samples: number }> {
  let samples = 0;
  const spread = await repeat(rounds, async round => {
    const answer = await backend.get(
      `/metrics?${queryOf(question, to, round)}`,
    );
    samples = answer.changeLeadTime.samples;
  });
  return { ...spread, samples };
}

/** Milliseconds for the plain SQL rendition, on the same tables. */
export async function overPlainSql(
  knex: Knex,
  question: Question,
  { to, rounds }: { to: number; rounds: number },
): Promise<Spread> {
  return repeat(rounds, round => {
    const { from, until } = windowOf(question, to, round);
    const service = question.service?.(round);
    return plainAnswer(knex, {
      from,
      to: until,
      serviceId: service === undefined ? undefined : service + 1,
    });
  });
}

/** The parameters of `GET /metrics`. */
export function queryOf(
  question: Question,
  to: number,
  round: number,
): URLSearchParams {
  const { from, until } = windowOf(question, to, round);
  const service = question.service?.(round);
  return new URLSearchParams({
    from: from.toISOString(),
    to: until.toISOString(),
    interval: 'week',
    ...(service !== undefined && { service: serviceRef(service) }),
  });
}

// Never the same window twice: no answer can come from a cache.
function windowOf({ days }: Question, to: number, round: number) {
  const until = to - round * 60_000;
  return { from: new Date(until - days * DAY), until: new Date(until) };
}

async function repeat(
  rounds: number,
  work: (round: number) => Promise<unknown>,
): Promise<Spread> {
  const times: number[] = [];
  for (let round = 0; round < rounds + WARM_UP; round++) {
    const began = performance.now();
    await work(round);
    if (round >= WARM_UP) times.push(performance.now() - began);
  }
  return spreadOf(times);
}
