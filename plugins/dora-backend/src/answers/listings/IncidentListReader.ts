import type { Knex } from 'knex';
import { query, type SqlValue } from '../../facts/query';
import { timestamp } from '../facts/where';
import type { Page } from '../query/cursor';
import type { ListingScope } from './DeploymentReader';
import { MICROSECONDS } from './DeploymentReader';
import type { LinkedIncident } from './ReasonReader';

/** An incident of the listing. @internal */
export interface IncidentRecord extends LinkedIncident {
  readonly ref: string;
  /** Position in the listing, in microseconds since 1970. */
  readonly at: string;
  /** Row id. */
  readonly deployment_id: string | null;
}

/** Reads incidents, the newest first. @internal */
export class IncidentListReader {
  constructor(private readonly database: Knex) {}

  /** A page of them, and one more where there is a next page. */
  async page(
    { serviceIds, environment, window }: ListingScope,
    { after, limit }: Page,
  ): Promise<IncidentRecord[]> {
    const values: SqlValue[] = [
      environment ?? '',
      environment ?? '',
      environment ?? '',
      timestamp(window.from),
      timestamp(window.to),
      ...(serviceIds ? [[...serviceIds]] : []),
      environment ?? '',
      ...(after ? [after.at, after.at, after.id] : []),
      limit + 1,
    ];
    return query<IncidentRecord>(
      this.database,
      `SELECT i.id::text, s.ref, i.source, i.external_id, i.opened_at, i.intervals, i.deployment_ref, i.revision, i.severity, i.title, i.url,
        (extract(epoch FROM i.opened_at) * 1000000)::bigint::text AS at,
        coalesce(e.deployment_id, CASE WHEN ? = '' OR lower(d.environment) = ? THEN w.deployment_id END)::text AS deployment_id
      FROM incidents i JOIN services s ON s.id = i.service_id
      LEFT JOIN incident_facts w ON w.incident_id = i.id AND w.view = ''
      LEFT JOIN deployments d ON d.id = w.deployment_id
      LEFT JOIN incident_facts e ON e.incident_id = i.id AND e.view = ? AND e.view <> ''
      WHERE i.opened_at >= ? AND i.opened_at < ?
        ${serviceIds ? 'AND i.service_id = any(?::int[])' : ''}
        AND (w.deployment_id IS NULL OR e.deployment_id IS NOT NULL OR ? IN ('', lower(d.environment)))
        ${after ? `AND (i.opened_at, i.id) < (${MICROSECONDS}, ?::bigint)` : ''}
      ORDER BY i.opened_at DESC, i.id DESC LIMIT ?`,
      values,
    );
  }
}
