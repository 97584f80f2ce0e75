import { secondsBetween, type MetricParts } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { FLAGS } from '../../facts/flags';
import { query } from '../../facts/query';
import { decodeSamples } from '../../facts/samples';
import { millis } from './FactReader';
import { timestamp } from './where';

/** What a service's deployments to one environment add up to. @internal */
export interface GaugeRow {
  /** Entity reference. */
  readonly service: string;
  readonly environment: string;
  readonly parts: Omit<MetricParts, 'ongoing' | 'observedDays'>;
}

/** Reads all services at once. @internal */
export class GaugeReader {
  constructor(private readonly database: Knex) {}

  async read(window: {
    readonly from: number;
    readonly to: number;
  }): Promise<readonly GaugeRow[]> {
    const range = [timestamp(window.from), timestamp(window.to)];
    const [counts, more, recoveries, environments] = await Promise.all([
      query<CountRecord>(
        this.database,
        `SELECT f.service_id, f.environment, count(*)::int AS total,
          (count(*) FILTER (WHERE f.flags & ${FLAGS.succeeded} <> 0))::int AS deployments,
          (count(*) FILTER (WHERE f.flags & ${FLAGS.failed} <> 0))::int AS failed,
          (count(*) FILTER (WHERE f.flags & ${FLAGS.rework} <> 0))::int AS rework,
          string_agg(f.lead_seconds, ''::bytea) AS lead_seconds
        FROM facts f WHERE f.finished_at >= ? AND f.finished_at < ? AND f.environment IS NOT NULL
        GROUP BY 1, 2`,
        range,
      ),
      query<LargeRecord>(
        this.database,
        `SELECT f.service_id, f.environment, f.lead_more FROM facts f
        WHERE f.lead_more IS NOT NULL AND f.finished_at >= ? AND f.finished_at < ? AND f.environment IS NOT NULL`,
        range,
      ),
      query<RecoveryRecord>(
        this.database,
        `SELECT f.service_id, f.environment, ${millis(
          'f.impact_at',
        )} AS impact_at, ${millis('f.recovered_at')} AS recovered_at
        FROM facts f WHERE f.impact_at IS NOT NULL AND f.recovered_at >= ? AND f.recovered_at < ? AND f.environment IS NOT NULL`,
        range,
      ),
      query<ServiceRecord>(
        this.database,
        `SELECT s.id AS service_id, s.ref, e.environment FROM services s, unnest(s.production_environments) AS e(environment) ORDER BY 2, 3`,
      ),
    ]);
    const countOf = new Map(counts.map(row => [keyOf(row), row]));
    const moreOf = groupBy(more);
    const recoveriesOf = groupBy(recoveries);
    return environments.map(row => {
      const key = keyOf(row);
      const count = countOf.get(key);
      return {
        service: row.ref,
        environment: row.environment,
        parts: {
          total: count?.total ?? 0,
          deployments: count?.deployments ?? 0,
          failed: count?.failed ?? 0,
          rework: count?.rework ?? 0,
          leadSeconds: decodeSamples(
            count?.lead_seconds,
            ...(moreOf.get(key) ?? []).map(each => each.lead_more),
          ),
          recoverySeconds: (recoveriesOf.get(key) ?? []).map(each =>
            secondsBetween(each.impact_at, each.recovered_at),
          ),
        },
      };
    });
  }
}

interface Keyed {
  readonly service_id: number;
  readonly environment: string;
}

interface ServiceRecord extends Keyed {
  readonly ref: string;
}

interface CountRecord extends Keyed {
  readonly total: number;
  readonly deployments: number;
  readonly failed: number;
  readonly rework: number;
  readonly lead_seconds: Buffer | null;
}

interface LargeRecord extends Keyed {
  readonly lead_more: Buffer;
}

interface RecoveryRecord extends Keyed {
  readonly impact_at: number;
  readonly recovered_at: number;
}

function keyOf({ service_id: service, environment }: Keyed): string {
  return `${service} ${environment}`;
}

function groupBy<T extends Keyed>(rows: readonly T[]): Map<string, T[]> {
  const result = new Map<string, T[]>();
  for (const row of rows) {
    const list = result.get(keyOf(row));
    if (list) list.push(row);
    else result.set(keyOf(row), [row]);
  }
  return result;
}
