import type { Knex } from 'knex';
import { query } from '../../facts/query';

/** A deployment that a reason names. @internal */
export interface NamedDeployment {
  readonly id: string;
  readonly external_id: string;
  readonly revision: string | null;
  readonly version: string | null;
  readonly finished_at: Date | null;
}

/** An incident with the deployment that it counts for. @internal */
export interface LinkedIncident {
  readonly id: string;
  readonly source: string;
  readonly external_id: string;
  readonly opened_at: Date;
  readonly intervals: readonly {
    readonly openedAt: number;
    readonly resolvedAt?: number | null;
  }[];
  readonly deployment_ref: string | null;
  readonly revision: string | null;
  readonly severity: string | null;
  readonly title: string | null;
  readonly url: string | null;
}

/** Reads what the reasons of deployments name. @internal */
export class ReasonReader {
  constructor(private readonly database: Knex) {}

  /** By row id. */
  async deployments(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, NamedDeployment>> {
    if (ids.length === 0) return new Map();
    const rows = await query<NamedDeployment>(
      this.database,
      `SELECT id::text, external_id, revision, version, finished_at FROM deployments WHERE id = any(?::bigint[])`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map(row => [row.id, row]));
  }

  /** By row id. */
  async incidents(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, LinkedIncident>> {
    if (ids.length === 0) return new Map();
    const rows = await query<LinkedIncident>(
      this.database,
      `SELECT id::text, source, external_id, opened_at, intervals, deployment_ref, revision, severity, title, url
      FROM incidents WHERE id = any(?::bigint[])`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map(row => [row.id, row]));
  }

  /** How many changes these deployments have, by row id. */
  async changeCounts(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await query<{ id: string; count: number }>(
      this.database,
      `SELECT deployment_id::text AS id, count(*)::int AS count FROM changes WHERE deployment_id = any(?::bigint[]) GROUP BY 1`,
      [[...ids]],
    );
    return new Map(rows.map(row => [row.id, row.count]));
  }
}
