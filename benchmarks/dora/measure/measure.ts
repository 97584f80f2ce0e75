import type { Knex } from 'knex';
import type { Size } from '../dataset/load';
import type { Backend } from '../run/Backend';
import { say, timed } from '../run/say';
import { lateEvents } from './lateEvent';
import type { Spread } from './percentiles';
import { overHttp, overPlainSql, questions } from './queries';

/** What was measured with one length of history. */
export interface Measured {
  readonly history: string;
  readonly rows: { readonly deployments: number; readonly changes: number };
  readonly gigabytes: number;
  readonly questions: readonly {
    readonly name: string;
    readonly http: Spread & { readonly samples: number };
    readonly plain: Spread;
  }[];
  readonly late: Spread;
  /** Resident memory of the backend afterwards, megabytes. */
  readonly memory: number;
}

/** Asks everything with the history that is there. */
export async function measure(
  backend: Backend,
  knex: Knex,
  name: string,
  { services, to }: Size,
): Promise<Measured> {
  const asked = [];
  for (const question of questions(services)) {
    const http = await timed(`${name}: ${question.name}`, () =>
      overHttp(backend, question, { to, rounds: 200 }),
    );
    const plain = await timed(`${name}: ${question.name}, plain SQL`, () =>
      overPlainSql(knex, question, { to, rounds: 10 }),
    );
    asked.push({ name: question.name, http, plain });
    say(JSON.stringify({ http, plain }));
  }
  const late = await timed(`${name}: late events`, () =>
    lateEvents(backend, { to, rounds: 50, services }),
  );
  say(JSON.stringify({ late }));
  const { rows } = await knex.raw(
    `SELECT (SELECT count(*) FROM deployments)::int AS deployments, (SELECT count(*) FROM changes)::int AS changes,
      pg_database_size(current_database()) / 1024.0 / 1024 / 1024 AS gigabytes`,
  );
  const { gigabytes, ...counts } = rows[0];
  return {
    history: name,
    rows: counts,
    gigabytes: Number(gigabytes),
    questions: asked,
    late,
    memory: backend.memory(),
  };
}
