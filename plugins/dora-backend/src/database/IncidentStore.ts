import type { Incident } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';

/** What is stored of an incident of one service. @internal */
export interface StoredIncident
  extends Pick<
    Incident,
    | 'source'
    | 'intervals'
    | 'deployment'
    | 'revision'
    | 'severity'
    | 'title'
    | 'url'
  > {
  readonly serviceId: number;
  readonly externalId: string;
}

/** The production failures that events have told of. @internal */
export class IncidentStore {
  async find(
    trx: Knex.Transaction,
    identities: readonly {
      serviceId: number;
      source: string;
      externalId: string;
    }[],
  ): Promise<StoredIncident[]> {
    if (identities.length === 0) return [];
    const { rows } = await trx.raw(
      `SELECT i.service_id, i.source, i.external_id, i.intervals, i.deployment_ref, i.revision, i.severity, i.title, i.url
       FROM json_to_recordset(?::json) AS r("serviceId" integer, source text, "externalId" text)
       JOIN incidents i ON i.service_id = r."serviceId" AND i.source = r.source AND i.external_id = r."externalId"`,
      [JSON.stringify(identities)],
    );
    return rows.map((row: Row) => ({
      serviceId: row.service_id,
      source: row.source,
      externalId: row.external_id,
      intervals: row.intervals,
      deployment: row.deployment_ref ?? undefined,
      revision: row.revision ?? undefined,
      severity: row.severity ?? undefined,
      title: row.title ?? undefined,
      url: row.url ?? undefined,
    }));
  }

  async upsert(
    trx: Knex.Transaction,
    incidents: readonly StoredIncident[],
  ): Promise<void> {
    if (incidents.length === 0) return;
    const rows = incidents.map(incident => ({
      service_id: incident.serviceId,
      source: incident.source,
      external_id: incident.externalId,
      opened_at: new Date(incident.intervals[0].openedAt).toISOString(),
      intervals: incident.intervals,
      open: incident.intervals.at(-1)?.resolvedAt === undefined,
      deployment_ref: incident.deployment,
      revision: incident.revision,
      severity: incident.severity,
      title: incident.title,
      url: incident.url,
    }));
    await trx.raw(
      `INSERT INTO incidents (service_id, source, external_id, opened_at, intervals, open, deployment_ref, revision, severity, title, url)
       SELECT * FROM json_to_recordset(?::json)
         AS r(service_id integer, source text, external_id text, opened_at timestamptz, intervals jsonb, open boolean, deployment_ref text, revision text, severity text, title text, url text)
       ON CONFLICT (service_id, source, external_id) DO UPDATE SET
         opened_at = excluded.opened_at, intervals = excluded.intervals, open = excluded.open, deployment_ref = excluded.deployment_ref,
         revision = excluded.revision, severity = excluded.severity, title = excluded.title, url = excluded.url`,
      [JSON.stringify(rows)],
    );
  }
}

interface Row {
  service_id: number;
  source: string;
  external_id: string;
  intervals: StoredIncident['intervals'];
  deployment_ref: string | null;
  revision: string | null;
  severity: string | null;
  title: string | null;
  url: string | null;
}
