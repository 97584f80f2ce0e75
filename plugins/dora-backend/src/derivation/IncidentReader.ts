import type { Knex } from 'knex';
import { query } from '../facts/query';

import type { Job, StoredIncident, StoredLink } from './Job';
import { JOBS, jobValues, type ByJob, type Wanted } from './jobValues';
import {
  INCIDENT_COLUMNS,
  toStoredIncident,
  type IncidentRecord,
} from './rows';

/** The incidents that may speak against a job's deployments. @internal */
export interface IncidentsOfJob {
  readonly incidents: readonly StoredIncident[];
  /** As stored, of these incidents and of those that are gone. */
  readonly links: readonly StoredLink[];
}

/** What jobs know of their deployments when they ask for incidents. @internal */
export interface IncidentQuery {
  /** Ids that sources gave the deployments. */
  readonly ids: readonly Wanted[];
  readonly revisions: readonly Wanted[];
  /** Row ids of deployments that have, or had, facts. */
  readonly facts: readonly Wanted[];
}

const WITH_JOBS = `jobs AS (SELECT * FROM ${JOBS})`;
const wanted = (name: string) =>
  `${name} AS (SELECT j.*, w.value FROM unnest(?::int[], ?::text[]) AS w(n, value) JOIN jobs j USING (n))`;

/** Reads incidents and what they were attributed to. @internal */
export class IncidentReader {
  constructor(private readonly trx: Knex.Transaction) {}

  /**
   * The incidents that opened since each start, those that name one of the
   * deployments, and those that were one's so far.
   */
  async read(
    jobs: readonly Job[],
    asked: IncidentQuery,
  ): Promise<readonly IncidentsOfJob[]> {
    const { ids, revisions, facts } = asked;
    const found = await this.rows<{ n: number; id: string }>(
      `WITH ${WITH_JOBS}, ${wanted('ids')}, ${wanted('revisions')}, ${wanted(
        'facts',
      )}
      SELECT j.n, i.id::text FROM jobs j JOIN incidents i ON i.service_id = j.service_id AND i.opened_at >= j.start
      UNION SELECT j.n, f.incident_id::text FROM jobs j JOIN incident_facts f ON f.service_id = j.service_id AND f.view = j.view AND f.opened_at >= j.start
      UNION SELECT w.n, i.id::text FROM ids w JOIN incidents i ON i.service_id = w.service_id AND i.deployment_ref = w.value
      UNION SELECT w.n, i.id::text FROM revisions w JOIN incidents i ON i.service_id = w.service_id AND lower(left(i.revision, 7)) = lower(left(w.value, 7))
      UNION SELECT w.n, f.incident_id::text FROM facts w JOIN incident_facts f ON f.deployment_id = w.value::bigint AND f.view = w.view`,
      [...jobValues(jobs), ...lookupValues(ids, revisions, facts)],
    );
    if (found.length === 0) {
      return jobs.map(() => ({ incidents: [], links: [] }));
    }
    const [incidents, links] = [
      await this.incidents(jobs, found),
      await this.links(jobs, found),
    ];
    return jobs.map((_, n) => ({ incidents: incidents[n], links: links[n] }));
  }

  private async incidents(
    jobs: readonly Job[],
    found: readonly { n: number; id: string }[],
  ): Promise<ByJob<StoredIncident>> {
    const rows = await this.rows<IncidentRecord>(
      `SELECT s.ref, ${INCIDENT_COLUMNS} FROM incidents i JOIN services s ON s.id = i.service_id
      WHERE i.id = any(?::bigint[])`,
      [[...new Set(found.map(({ id }) => id))]],
    );
    const byId = new Map(rows.map(row => [row.id, toStoredIncident(row)]));
    const result: StoredIncident[][] = jobs.map(() => []);
    for (const { n, id } of found) {
      const incident = byId.get(id);
      // One that has changed its service is another service's now.
      if (incident?.serviceId === jobs[n].serviceId) result[n].push(incident);
    }
    return result;
  }

  private async links(
    jobs: readonly Job[],
    found: readonly { n: number; id: string }[],
  ): Promise<ByJob<StoredLink>> {
    const rows = await this.rows<LinkRecord>(
      `SELECT j.n, f.incident_id::text, f.opened_at, f.deployment_id::text, f.signature, u.finished_at
      FROM unnest(?::int[], ?::bigint[], ?::text[], ?::int[]) AS j(n, id, view, service_id)
      JOIN incident_facts f ON f.incident_id = j.id AND f.view = j.view AND f.service_id = j.service_id
      LEFT JOIN facts u ON u.deployment_id = f.deployment_id AND u.view = f.view`,
      [
        found.map(({ n }) => n),
        found.map(({ id }) => id),
        found.map(({ n }) => jobs[n].view),
        found.map(({ n }) => jobs[n].serviceId),
      ],
    );
    const result: StoredLink[][] = jobs.map(() => []);
    for (const row of rows) {
      result[row.n].push({
        incidentId: row.incident_id,
        openedAt: row.opened_at.getTime(),
        deploymentId: row.deployment_id ?? undefined,
        signature: row.signature,
        finishedAt: row.finished_at?.getTime(),
      });
    }
    return result;
  }

  private async rows<T>(
    sql: string,
    values: readonly (readonly (string | number)[])[],
  ): Promise<T[]> {
    const rows = await query<T>(this.trx, sql, [...values]);
    return rows;
  }
}

interface LinkRecord {
  readonly n: number;
  readonly incident_id: string;
  readonly opened_at: Date;
  readonly deployment_id: string | null;
  readonly signature: string;
  readonly finished_at: Date | null;
}

function lookupValues(...lists: readonly (readonly Wanted[])[]) {
  return lists.flatMap(list => [
    list.map(({ job }) => job),
    list.map(({ value }) => value),
  ]);
}
