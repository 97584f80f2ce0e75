import { percentiles, type Samples } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { FLAGS } from '../facts/flags';
import { query } from '../facts/query';
import { decodeSamples } from '../facts/samples';
import type { Quantiles, ServiceReading } from './types';

const LEAD_TIME = [0.5, 0.75, 0.9];
const RECOVERY = [0.5, 0.9];

// A fact has an environment where a filter by environment finds it, in a
// service with several of them once for each.
const SQL = `SELECT s.ref AS service, e.environment,
  coalesce(c.total, 0) AS total, coalesce(c.deployments, 0) AS deployments,
  coalesce(c.failed, 0) AS failed, coalesce(c.rework, 0) AS rework, c.lead, r.seconds
FROM services s
CROSS JOIN LATERAL unnest(s.production_environments) AS e(environment)
LEFT JOIN (
  SELECT f.service_id, f.environment, count(*)::int AS total,
    (count(*) FILTER (WHERE f.flags & ${FLAGS.succeeded} <> 0))::int AS deployments,
    (count(*) FILTER (WHERE f.flags & ${FLAGS.failed} <> 0))::int AS failed,
    (count(*) FILTER (WHERE f.flags & ${FLAGS.rework} <> 0))::int AS rework,
    string_agg(f.lead_seconds || coalesce(f.lead_more, ''), ''::bytea) AS lead
  FROM facts f
  WHERE f.finished_at >= ? AND f.finished_at < ? AND f.environment IS NOT NULL
  GROUP BY 1, 2
) c ON c.service_id = s.id AND c.environment = e.environment
LEFT JOIN (
  SELECT f.service_id, f.environment,
    array_agg(extract(epoch FROM f.recovered_at - f.impact_at)::float8) AS seconds
  FROM facts f
  WHERE f.impact_at IS NOT NULL AND f.recovered_at >= ? AND f.recovered_at < ? AND f.environment IS NOT NULL
  GROUP BY 1, 2
) r ON r.service_id = s.id AND r.environment = e.environment
ORDER BY 1, 2`;

/** Reads the five metrics of every service and production environment at once. @internal */
export class GaugeReader {
  constructor(private readonly database: Knex) {}

  /** Window in milliseconds since 1970; the readings are without their teams. */
  async read(window: {
    readonly from: number;
    readonly to: number;
  }): Promise<readonly ServiceReading[]> {
    const range = [window.from, window.to].map(at =>
      new Date(at).toISOString(),
    );
    const rows = await query<GaugeRecord>(this.database, SQL, [
      ...range,
      ...range,
    ]);
    return rows.map(toReading);
  }
}

interface GaugeRecord {
  readonly service: string;
  readonly environment: string;
  readonly total: number;
  readonly deployments: number;
  readonly failed: number;
  readonly rework: number;
  readonly lead: Buffer | null;
  readonly seconds: readonly number[] | null;
}

function toReading(row: GaugeRecord): ServiceReading {
  const { service, environment, total, deployments, failed, rework } = row;
  return {
    service,
    environment,
    deployments,
    leadTimeSeconds: quantiles(decodeSamples(row.lead), LEAD_TIME),
    changeFailRate: total === 0 ? undefined : failed / total,
    recoverySeconds: quantiles(row.seconds ?? [], RECOVERY),
    reworkRate: deployments === 0 ? undefined : rework / deployments,
  };
}

function quantiles(
  values: Samples,
  fractions: readonly number[],
): Quantiles | undefined {
  const found = percentiles(values, fractions);
  return (
    found &&
    Object.fromEntries(fractions.map((q, index) => [String(q), found[index]]))
  );
}
