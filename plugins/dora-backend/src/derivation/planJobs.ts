import type { Knex } from 'knex';
import { query } from '../facts/query';
import type { TouchedService } from './DerivationService';
import type { Job } from './Job';

interface ServiceRecord {
  readonly id: number;
  readonly ref: string;
  readonly production_environments: string[];
}

const FINISHED = `d.production AND d.status IN ('success', 'failure') AND d.finished_at IS NOT NULL`;

/**
 * The production environments of a service's finished deployments, each by a
 * skip through the index rather than by a look at every deployment.
 */
const NOW = `ARRAY(
  WITH RECURSIVE e AS (
    (SELECT d.environment FROM deployments d WHERE d.service_id = s.id AND ${FINISHED} ORDER BY d.environment LIMIT 1)
    UNION ALL
    SELECT (SELECT d.environment FROM deployments d WHERE d.service_id = s.id AND d.environment > e.environment AND ${FINISHED} ORDER BY d.environment LIMIT 1)
    FROM e WHERE e.environment IS NOT NULL
  ) SELECT environment FROM e WHERE environment IS NOT NULL)`;

/**
 * The stretches of history to derive anew. A service with several production
 * environments has a view of all of them and one of each; where it gets its
 * second one, or is left with one, everything is derived anew.
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
  const rows = await query<ServiceRecord & { now: string[] }>(
    trx,
    `SELECT s.id, s.ref, s.production_environments, ${NOW} AS now
    FROM services s WHERE s.id = any(?::int[]) ORDER BY s.id`,
    [ids],
  );
  const jobs: Job[] = [];
  for (const row of rows) {
    const now = [...new Set(row.now.map(name => name.toLowerCase()))].sort();
    const before = row.production_environments;
    const changed = now.join('\n') !== before.join('\n');
    if (changed) await changeEnvironments(trx, row, now);
    const start = starts.get(row.id)!;
    jobs.push(...jobsOf(row, now, before, start));
  }
  return jobs;
}

function jobsOf(
  { id, ref }: ServiceRecord,
  now: readonly string[],
  before: readonly string[],
  start: number,
): Job[] {
  const of = { serviceId: id, service: ref };
  const several = now.length > 1;
  const whole =
    before.length > 0 &&
    (several !== before.length > 1 || (!several && now[0] !== before[0]));
  const all: Job = {
    ...of,
    view: '',
    environment: several ? undefined : now[0],
    start: whole ? -Infinity : start,
  };
  if (!several) return [all];
  return [
    all,
    ...now.map(view => ({
      ...of,
      view,
      environment: view,
      start: before.length > 1 && before.includes(view) ? start : -Infinity,
    })),
  ];
}

/** Forgets the views that are no more. */
async function changeEnvironments(
  trx: Knex.Transaction,
  { id }: ServiceRecord,
  now: readonly string[],
): Promise<void> {
  const views = ['', ...(now.length > 1 ? now : [])];
  for (const table of ['facts', 'incident_facts']) {
    await query(
      trx,
      `DELETE FROM ${table} WHERE service_id = ? AND view <> ALL(?::text[])`,
      [id, views],
    );
  }
  await trx('services')
    .where({ id })
    .update({
      production_environments: [...now],
      multi_environment: now.length > 1,
    });
}
