import type { Knex } from 'knex';
import type { VerifiedDelivery } from '../ingestion/IngestionService';

/** A webhook that waits for its mapper. @internal */
export interface StoredDelivery {
  readonly id: string;
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined once it is past its retention. */
  readonly body?: Buffer;
  readonly receivedAt: Date;
}

/** Webhooks as they came. @internal */
export class DeliveryStore {
  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly now: () => number;
    },
  ) {}

  /** Returns false when it was there already. */
  async insert(
    delivery: VerifiedDelivery,
    outcome: { state: 'pending' | 'ignored'; reason?: string } = {
      state: 'pending',
    },
  ): Promise<boolean> {
    const { source, deliveryKey, headers, body } = delivery;
    const { rowCount } = await this.options.database.raw(
      `INSERT INTO webhook_deliveries (source, delivery_key, headers, body, received_at, state, reason)
       VALUES (?, ?, ?::jsonb, ?, ?, ?, ?)
       ON CONFLICT (source, delivery_key) DO NOTHING`,
      [
        source,
        deliveryKey,
        JSON.stringify(headers),
        body,
        new Date(this.options.now()),
        outcome.state,
        outcome.reason ?? null,
      ],
    );
    return rowCount > 0;
  }

  /** Whether the one that is stored under its key has another body; false once that is removed. */
  async differs(
    delivery: Pick<VerifiedDelivery, 'source' | 'deliveryKey' | 'body'>,
  ): Promise<boolean> {
    const { source, deliveryKey, body } = delivery;
    const stored = await this.options
      .database('webhook_deliveries')
      .where({ source, delivery_key: deliveryKey })
      .first(this.options.database.raw('body <> ? AS differs', [body]));
    return stored?.differs ?? false;
  }

  /** The oldest that waits, locked; others that work on the queue skip it. */
  async claim(trx: Knex.Transaction): Promise<StoredDelivery | undefined> {
    const row = await trx('webhook_deliveries')
      .where('state', 'pending')
      .orderBy('id')
      .forUpdate()
      .skipLocked()
      .first('id', 'source', 'headers', 'body', 'received_at');
    return (
      row && {
        id: row.id,
        source: row.source,
        headers: row.headers,
        body: row.body ?? undefined,
        receivedAt: row.received_at,
      }
    );
  }

  async finish(
    trx: Knex,
    id: string,
    state: 'processed' | 'ignored' | 'rejected',
    reason?: string,
  ): Promise<void> {
    await trx('webhook_deliveries')
      .where({ id })
      .update({
        state,
        reason: reason ?? null,
        attempts: trx.raw('attempts + 1'),
      });
  }
}
