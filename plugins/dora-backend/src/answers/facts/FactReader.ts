import type { Knex } from 'knex';
import { FLAGS } from '../../facts/flags';
import { query } from '../../facts/query';
import { decodeSamples } from '../../facts/samples';
import { inScope, timestamp, withFlags, type FactScope } from './where';

/** What the finished deployments between two edges add up to. @internal */
export interface DeploymentCounts {
  readonly total: number;
  readonly deployments: number;
  readonly failed: number;
  readonly rework: number;
  readonly changesAfterDeployment: number;
  readonly changesUnknown: number;
  readonly leadSeconds: Int32Array;
}

/** A failure and its end; instants are milliseconds since 1970. @internal */
export interface RecoveryRow {
  readonly impactAt: number;
  readonly recoveredAt: number;
}

/** A failure that is not over. @internal */
export interface OngoingRow {
  readonly deployment: string;
  readonly service: string;
  readonly impactAt: number;
}

const NOTHING: DeploymentCounts = {
  total: 0,
  deployments: 0,
  failed: 0,
  rework: 0,
  changesAfterDeployment: 0,
  changesUnknown: 0,
  leadSeconds: new Int32Array(),
};

/** Reads facts as the five metrics need them: by index alone, and not more than the window's. @internal */
export class FactReader {
  constructor(private readonly database: Knex) {}

  /**
   * Counts between each edge and the next; edges are milliseconds since 1970,
   * in order. Rollouts of several services are left out unless `shared`.
   */
  async counts(
    scope: FactScope,
    edges: readonly number[],
    options: { readonly shared: boolean },
  ): Promise<readonly DeploymentCounts[]> {
    // The first is the whole window before, as large as all others together:
    // PostgreSQL adds up both at once where it has two cores.
    const parts = [edges.slice(0, 2), edges.slice(1)].filter(
      part => part.length > 1,
    );
    const counts = await Promise.all(
      parts.map(part => this.countsBetween(scope, part, options)),
    );
    return counts.flat();
  }

  private async countsBetween(
    scope: FactScope,
    edges: readonly number[],
    { shared }: { readonly shared: boolean },
  ): Promise<readonly DeploymentCounts[]> {
    const [rows, more] = await Promise.all([
      this.selectCounts(scope, edges, shared),
      this.selectLarge(scope, edges, shared),
    ]);
    const result = edges.slice(1).map(() => NOTHING);
    for (const row of rows) {
      result[row.bucket - 1] = {
        total: row.total,
        deployments: row.deployments,
        failed: row.failed,
        rework: row.rework,
        changesAfterDeployment: row.changes_after,
        changesUnknown: row.changes_unknown,
        leadSeconds: decodeSamples(
          row.lead_seconds,
          ...(more.get(row.bucket) ?? []),
        ),
      };
    }
    return result;
  }

  private async selectCounts(
    scope: FactScope,
    edges: readonly number[],
    shared: boolean,
  ): Promise<CountsRow[]> {
    const where = this.finished(scope, edges);
    // The planner knows nothing of flags: as a condition of the scan they would
    // have it expect next to no rows, and sort them on disk. OFFSET 0 keeps it
    // from finding the bucket twice.
    return query<CountsRow>(
      this.database,
      `SELECT bucket,
        count(*)::int AS total,
        (count(*) FILTER (WHERE flags & ${
          FLAGS.succeeded
        } <> 0))::int AS deployments,
        (count(*) FILTER (WHERE flags & ${FLAGS.failed} <> 0))::int AS failed,
        (count(*) FILTER (WHERE flags & ${FLAGS.rework} <> 0))::int AS rework,
        (count(*) FILTER (WHERE flags & ${
          FLAGS.changesUnknown
        } <> 0))::int AS changes_unknown,
        sum(changes_after)::int AS changes_after,
        string_agg(lead_seconds, ''::bytea) AS lead_seconds
      FROM (
        SELECT CASE WHEN ${withFlags(scope, { shared })}
            THEN width_bucket(f.finished_at, ?::timestamptz[]) END AS bucket,
          f.flags, f.changes_after, f.lead_seconds
        FROM facts f WHERE ${where.text} OFFSET 0
      ) x GROUP BY bucket HAVING bucket IS NOT NULL`,
      [edges.map(timestamp), ...where.values],
    );
  }

  /** Samples that did not fit into the index; there are next to none. */
  private async selectLarge(
    scope: FactScope,
    edges: readonly number[],
    shared: boolean,
  ): Promise<Map<number, Buffer[]>> {
    const where = this.finished(scope, edges);
    const rows = await query<LargeRow>(
      this.database,
      `SELECT width_bucket(f.finished_at, ?::timestamptz[]) AS bucket, f.lead_more
      FROM facts f WHERE f.lead_more IS NOT NULL AND ${
        where.text
      } AND ${withFlags(scope, { shared })}`,
      [edges.map(timestamp), ...where.values],
    );
    const result = new Map<number, Buffer[]>();
    for (const { bucket, lead_more: samples } of rows) {
      result.set(bucket, [...(result.get(bucket) ?? []), samples]);
    }
    return result;
  }

  private finished(scope: FactScope, edges: readonly number[]) {
    const where = inScope(scope);
    return {
      text: `f.finished_at >= ? AND f.finished_at < ? AND ${where.text}`,
      values: [
        timestamp(edges[0]),
        timestamp(edges[edges.length - 1]),
        ...where.values,
      ],
    };
  }

  /** Recoveries that ended in a window. */
  async recoveries(
    scope: FactScope,
    window: { readonly from: number; readonly to: number },
    { shared }: { readonly shared: boolean },
  ): Promise<readonly RecoveryRow[]> {
    const where = inScope(scope);
    const rows = await query<RecoveryRow>(
      this.database,
      `SELECT ${millis('f.impact_at')} AS "impactAt", ${millis(
        'f.recovered_at',
      )} AS "recoveredAt"
      FROM facts f
      WHERE f.impact_at IS NOT NULL AND f.recovered_at >= ? AND f.recovered_at < ?
        AND ${where.text} AND ${withFlags(scope, { shared })}`,
      [timestamp(window.from), timestamp(window.to), ...where.values],
    );
    return rows;
  }

  /** Failures that began before an instant and are not over. */
  async ongoing(
    scope: FactScope,
    to: number,
    { shared }: { readonly shared: boolean },
  ): Promise<readonly OngoingRow[]> {
    const where = inScope(scope);
    const rows = await query<OngoingRow>(
      this.database,
      `SELECT d.external_id AS deployment, s.ref AS service, ${millis(
        'f.impact_at',
      )} AS "impactAt"
      FROM facts f JOIN deployments d ON d.id = f.deployment_id JOIN services s ON s.id = f.service_id
      WHERE f.impact_at IS NOT NULL AND f.recovered_at IS NULL AND f.impact_at < ?
        AND ${where.text} AND ${withFlags(scope, { shared })}`,
      [timestamp(to), ...where.values],
    );
    return rows;
  }
}

/** An instant as milliseconds since 1970, exactly. @internal */
export function millis(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}

interface CountsRow {
  readonly bucket: number;
  readonly total: number;
  readonly deployments: number;
  readonly failed: number;
  readonly rework: number;
  readonly changes_unknown: number;
  readonly changes_after: number;
  readonly lead_seconds: Buffer | null;
}

interface LargeRow {
  readonly bucket: number;
  readonly lead_more: Buffer;
}
