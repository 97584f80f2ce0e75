import type { Knex } from 'knex';

/** Where a row of the inbox stands. @internal */
export type InboxState = 'unmatched' | 'rejected' | 'pending';

/** What a row of the inbox is. @internal */
export type InboxKind = 'event' | 'delivery' | 'rejection';

/** Something that does not count, with the reason. @internal */
export interface InboxRow {
  readonly kind: InboxKind;
  readonly id: string;
  readonly source: string;
  readonly receivedAt: Date;
  readonly state: InboxState;
  readonly reason?: string;
  readonly service?: string;
  readonly excerpt?: string;
}

/** The last row of the page before. @internal */
export interface InboxPosition {
  readonly at: Date;
  readonly kind: InboxKind;
  readonly id: string;
}

const EXCERPT = 500;

const TABLES = { event: 'events', delivery: 'webhook_deliveries' } as const;

/** Everything that is stored and does not count (yet). @internal */
export class InboxStore {
  constructor(private readonly database: Knex) {}

  /** The latest first. */
  async list(query: {
    state?: InboxState;
    limit: number;
    after?: InboxPosition;
  }): Promise<InboxRow[]> {
    const { state, limit, after } = query;
    const states = state ? [state] : ['unmatched', 'rejected', 'pending'];
    const part = (sql: string) =>
      `(SELECT * FROM (${sql}) AS part WHERE (:at::timestamptz IS NULL OR (at, kind, id) < (:at::timestamptz, :kind::text, :id::bigint))
        ORDER BY at DESC, kind DESC, id DESC LIMIT :limit)`;
    const { rows } = await this.database.raw(
      `SELECT * FROM (
         ${part(
           `SELECT 'event' AS kind, id, source, received_at AS at, state, reason, array_to_string(service_refs, ', ') AS service, left(body::text, :excerpt) AS excerpt FROM events WHERE state = ANY(:states)`,
         )} UNION ALL ${part(
        `SELECT 'delivery' AS kind, id, source, received_at AS at, state, reason, NULL AS service, encode(substring(body FROM 1 FOR :excerpt), 'escape') AS excerpt FROM webhook_deliveries WHERE state = ANY(:states)`,
      )} UNION ALL ${part(
        `SELECT 'rejection' AS kind, id, source, at, 'rejected' AS state, message AS reason, NULL AS service, left(item, :excerpt) AS excerpt FROM rejections WHERE 'rejected' = ANY(:states)`,
      )}
       ) AS inbox ORDER BY at DESC, kind DESC, id DESC LIMIT :limit`,
      {
        states,
        limit,
        excerpt: EXCERPT,
        at: after?.at ?? null,
        kind: after?.kind ?? null,
        id: after?.id ?? null,
      },
    );
    return rows.map((row: Row) => ({
      kind: row.kind,
      id: row.id,
      source: row.source,
      receivedAt: row.at,
      state: row.state,
      reason: row.reason ?? undefined,
      service: row.service ?? undefined,
      excerpt: row.excerpt ?? undefined,
    }));
  }

  /** Has an event or a delivery processed again; returns whether there was such a one. */
  async reopen(kind: 'event' | 'delivery', id: string): Promise<boolean> {
    const count = await this.database(TABLES[kind])
      .where({ id })
      .whereIn('state', ['unmatched', 'rejected', 'pending'])
      .update({ state: 'pending' });
    return count > 0;
  }

  /** The same for all of them; returns how many. */
  async reopenAll(): Promise<number> {
    return this.database.transaction(async trx => {
      let count = 0;
      for (const table of Object.values(TABLES)) {
        count += await trx(table)
          .whereIn('state', ['unmatched', 'rejected'])
          .update({ state: 'pending' });
      }
      return count;
    });
  }

  /** A rejected item that was kept whole. */
  async rejection(id: string): Promise<
    | {
        kind?: 'deployment' | 'incident';
        item?: string;
        complete: boolean;
        source: string;
      }
    | undefined
  > {
    const row = await this.database('rejections').where({ id }).first();
    return (
      row && {
        kind: row.kind ?? undefined,
        item: row.item ?? undefined,
        complete: row.complete,
        source: row.source,
      }
    );
  }

  async removeRejection(id: string): Promise<void> {
    await this.database('rejections').where({ id }).delete();
  }
}

interface Row {
  kind: InboxKind;
  id: string;
  source: string;
  at: Date;
  state: InboxState;
  reason: string | null;
  service: string | null;
  excerpt: string | null;
}
