import type { Knex } from 'knex';
import { query } from '../facts/query';
import type { TouchedService } from './DerivationService';
import { instant, type Job } from './Job';

interface ServiceRecord {
  readonly id: number;
  readonly ref: string;
  readonly production_environments: readonly string[];
  /** Those of what has finished since the start. */
  readonly late: readonly string[];
}

/**
 * The stretches of history to derive anew. A service with several production
 * environments has a view of all of them and one of each; when it gets its
 * second one, everything is derived anew. An environment that is no more stays
 * one of its views: an empty view says nothing wrong.
 * @internal
 */
export async function planJobs(
  trx: Knex.Transaction,
  touched: readonly TouchedService[],
): Promise<readonly Job[]> {
  const starts = new Map<number, number>();
  for (const { serviceId, from } of touched) {
    const known = starts.get(serviceId) ?? Infinity;
    starts.set(serviceId, Math.min(known, from.getTime()));
  }
  const ids = [...starts.keys()].sort((a, b) => a - b);
  const rows = await query<ServiceRecord>(
    trx,
    `SELECT s.id, s.ref, s.production_environments, ARRAY(
      SELECT DISTINCT d.environment FROM deployments d
      WHERE d.service_id = s.id AND d.finished_at >= j.start AND d.production AND d.status IN ('success', 'failure')
    ) AS late
    FROM unnest(?::int[], ?::timestamptz[]) AS j(id, start) JOIN services s ON s.id = j.id ORDER BY s.id`,
    [ids, ids.map(id => instant(starts.get(id)!))],
  );
  const jobs: Job[] = [];
  const more: { id: number; now: readonly string[] }[] = [];
  for (const row of rows) {
    const before = row.production_environments;
    const late = row.late.map(name => name.toLowerCase());
    const now = [...new Set([...before, ...late])].sort();
    if (now.length > before.length) more.push({ id: row.id, now });
    jobs.push(...jobsOf(row, now, starts.get(row.id)!));
  }
  await writeEnvironments(trx, more);
  return jobs;
}

function jobsOf(
  { id, ref, production_environments: before }: ServiceRecord,
  now: readonly string[],
  start: number,
): Job[] {
  const of = { serviceId: id, service: ref, moves: 0 };
  const several = now.length > 1;
  const second = several && before.length === 1;
  const all: Job = {
    ...of,
    view: '',
    environment: several ? undefined : now[0],
    start: second ? -Infinity : start,
  };
  if (!several) return [all];
  return [
    all,
    ...now.map(view => ({
      ...of,
      view,
      environment: view,
      start: second ? -Infinity : start,
    })),
  ];
}

async function writeEnvironments(
  trx: Knex.Transaction,
  services: readonly { id: number; now: readonly string[] }[],
): Promise<void> {
  if (services.length === 0) return;
  await query(
    trx,
    `UPDATE services s SET production_environments = ARRAY(SELECT jsonb_array_elements_text(u.now)),
      multi_environment = jsonb_array_length(u.now) > 1
    FROM unnest(?::int[], ?::jsonb[]) AS u(id, now) WHERE s.id = u.id`,
    [
      services.map(({ id }) => id),
      services.map(({ now }) => JSON.stringify(now)),
    ],
  );
}
