import type { Knex } from 'knex';
import type { ServiceLookup } from '../sources/types';

/** Rows and bytes that are processed in one transaction. */
const BATCH = { rows: 1_000, bytes: 8 * 1024 * 1024 };

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

/** The queue of events. @internal */
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
   * waited and change something now. An incident's may without a service of
   * their own, for they may end it for others.
   */
  async settle(
    trx: Knex.Transaction,
    events: readonly ResolvedEvent[],
  ): Promise<string[]> {
    const { rows } = await trx.raw(
      `UPDATE events SET
         resolved_refs = ARRAY(SELECT DISTINCT unnest(coalesce(events.resolved_refs, '{}') || r.found) ORDER BY 1),
         state = CASE WHEN r.problem IS NULL THEN 'processed' ELSE 'unmatched' END,
         reason = r.problem
       FROM json_to_recordset(?::json) AS r(id bigint, found text[], problem text)
       WHERE events.id = r.id AND events.state = 'pending'
       RETURNING events.id, events.kind = 'incident' OR r.found <> '{}' AS counts`,
      [JSON.stringify(events)],
    );
    return rows
      .filter((row: { counts: boolean }) => row.counts)
      .map((row: { id: string }) => row.id);
  }

  /** Puts an event aside that cannot be processed. */
  async reject(id: string, reason: string): Promise<void> {
    await this.database('events')
      .where({ id, state: 'pending' })
      .update({ state: 'rejected', reason });
  }
}
