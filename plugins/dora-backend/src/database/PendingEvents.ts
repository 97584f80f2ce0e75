import type {
  DeploymentEvent,
  DoraEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { ServiceLookup } from '../sources/types';

/** Rows and bytes that are processed in one transaction. */
const BATCH = { rows: 1_000, bytes: 8 * 1024 * 1024 };

/** Events of one deployment or incident that are merged. */
const MAX_OF_ONE = 1_000;
const TOO_MANY = `Its deployment or incident has ${MAX_OF_ONE} events, and more are not merged: send one when the status changes.`;

/** An event that waits for its service. @internal */
export interface PendingEvent {
  readonly id: string;
  readonly serviceRefs?: readonly string[];
  readonly lookup?: ServiceLookup;
}

/** What the catalog said of an event's services. @internal */
export interface ResolvedEvent {
  readonly id: string;
  readonly found: readonly string[];
  /** Why it is unmatched, wholly or in part. */
  readonly problem?: string;
}

/** The queue of events, and what is known of the deployments and incidents they speak of. @internal */
export class PendingEvents {
  constructor(private readonly database: Knex) {}

  /** The oldest that wait, without taking them. */
  async next(): Promise<PendingEvent[]> {
    const { rows } = await this.database.raw(
      `SELECT id, service_refs, lookup FROM (
         SELECT id, service_refs, lookup, size, sum(size) OVER (ORDER BY id) AS total
         FROM (SELECT id, service_refs, lookup, size FROM events WHERE state = 'pending' ORDER BY id LIMIT ?) AS oldest
       ) AS summed WHERE total <= ? OR total = size`,
      [BATCH.rows, BATCH.bytes],
    );
    return rows.map(
      (row: {
        id: string;
        service_refs: string[] | null;
        lookup: ServiceLookup | null;
      }) => ({
        id: row.id,
        serviceRefs: row.service_refs ?? undefined,
        lookup: row.lookup ?? undefined,
      }),
    );
  }

  /**
   * Settles for which services events count; returns the ids of those that
   * waited and count now. All events of a deployment are merged whenever one
   * comes, so how many there may be of one is bounded.
   */
  async settle(
    trx: Knex.Transaction,
    events: readonly ResolvedEvent[],
  ): Promise<string[]> {
    const { rows } = await trx.raw(
      `UPDATE events SET
         resolved_refs = CASE WHEN many.yes THEN events.resolved_refs
           ELSE ARRAY(SELECT DISTINCT unnest(coalesce(events.resolved_refs, '{}') || r.found) ORDER BY 1) END,
         state = CASE WHEN many.yes THEN 'rejected' WHEN r.problem IS NULL THEN 'processed' ELSE 'unmatched' END,
         reason = CASE WHEN many.yes THEN ? ELSE r.problem END
       FROM json_to_recordset(?::json) AS r(id bigint, found text[], problem text)
       JOIN events self ON self.id = r.id
       CROSS JOIN LATERAL (
         SELECT count(*) = ?::integer AS yes FROM (
           SELECT 1 FROM events earlier
           WHERE earlier.kind = self.kind AND earlier.source = self.source AND earlier.external_id = self.external_id
             AND earlier.id < self.id
           LIMIT ?::integer) AS before
       ) AS many
       WHERE events.id = r.id AND events.state = 'pending'
       RETURNING events.id, events.state`,
      [TOO_MANY, JSON.stringify(events), MAX_OF_ONE, MAX_OF_ONE],
    );
    return rows
      .filter((row: { state: string }) => row.state !== 'rejected')
      .map((row: { id: string }) => row.id);
  }

  /** All events of the deployments and incidents that these events speak of, a deployment's once for each service. */
  async related(
    trx: Knex.Transaction,
    ids: readonly string[],
  ): Promise<DoraEvent[]> {
    const { rows } = await trx.raw(
      `SELECT kind, resolved_refs, body
       FROM (SELECT DISTINCT kind, source, external_id FROM events WHERE id = ANY(?::bigint[])) AS touched
       JOIN events USING (kind, source, external_id)
       WHERE resolved_refs <> '{}' AND state <> 'rejected'`,
      [[...ids]],
    );
    return rows.flatMap(toEvents);
  }

  /** Puts an event aside that cannot be processed. */
  async reject(id: string, reason: string): Promise<void> {
    await this.database('events')
      .where({ id, state: 'pending' })
      .update({ state: 'rejected', reason });
  }
}

interface RelatedRow {
  kind: 'deployment' | 'incident';
  resolved_refs: string[];
  body: object;
}

/** The body was validated before it was stored. */
function toEvents({ kind, resolved_refs: services, body }: RelatedRow) {
  return kind === 'incident'
    ? [{ ...body, kind, services } as unknown as IncidentEvent]
    : services.map(
        service => ({ ...body, kind, service } as unknown as DeploymentEvent),
      );
}
