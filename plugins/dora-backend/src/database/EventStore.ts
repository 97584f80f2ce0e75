import type { Knex } from 'knex';
import type { ServiceLookup } from '../sources/types';

/** An event as it is stored. @internal */
export interface NewEvent {
  readonly kind: 'deployment' | 'incident';
  readonly source: string;
  readonly externalId: string;
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly instant?: number;
  /** Entity references, where the sender names them. */
  readonly serviceRefs?: readonly string[];
  readonly lookup?: ServiceLookup;
  /** JSON of the event without kind and services. */
  readonly body: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** Where events come to rest before anybody is told that they were taken. @internal */
export class EventStore {
  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly now: () => number;
    },
  ) {}

  /** Stores what is not there yet, in one statement; returns how many that was. */
  async insert(
    events: readonly NewEvent[],
    context: { trx?: Knex.Transaction; deliveryId?: string } = {},
  ): Promise<number> {
    if (events.length === 0) return 0;
    const rows = [...events]
      // Everybody inserts in the same order, so that nobody waits in a circle.
      .sort((a, b) => (a.hash < b.hash ? -1 : Number(a.hash > b.hash)))
      .map(event => ({
        ...event,
        instant:
          event.instant === undefined
            ? undefined
            : new Date(event.instant).toISOString(),
        size: Buffer.byteLength(event.body),
      }));
    const { rowCount } = await (context.trx ?? this.options.database).raw(
      `INSERT INTO events (kind, source, external_id, status, instant, service_refs, lookup, body, content_hash, size, delivery_id, received_at, state)
       SELECT e.kind, e.source, e."externalId", e.status, e.instant, e."serviceRefs", e.lookup, e.body::jsonb, decode(e.hash, 'hex'), e.size, ?::bigint, ?::timestamptz, 'pending'
       FROM json_to_recordset(?::json) AS e(kind text, source text, "externalId" text, status text, instant timestamptz, "serviceRefs" text[], lookup jsonb, body text, hash text, size integer)
       ON CONFLICT (kind, source, external_id, content_hash) DO NOTHING`,
      [
        context.deliveryId ?? null,
        new Date(this.options.now()),
        JSON.stringify(rows),
      ],
    );
    return rowCount;
  }
}
