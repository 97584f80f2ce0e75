import type { Knex } from 'knex';

/** What was heard from a sender of events. @internal */
export interface SourceRow {
  readonly source: string;
  readonly events: number;
  readonly lastEventAt: Date;
}

/** What was heard from a sender of webhooks. @internal */
export interface WebhookRow {
  readonly source: string;
  readonly deliveries: number;
  readonly lastDeliveryAt: Date;
}

/** Who sends events. @internal */
export class SourceStore {
  constructor(private readonly database: Knex) {}

  async sources(): Promise<SourceRow[]> {
    const { rows } = await this.database.raw(
      `SELECT source, count(*)::integer AS events, max(received_at) AS last FROM events GROUP BY source ORDER BY source`,
    );
    return rows.map((row: { source: string; events: number; last: Date }) => ({
      source: row.source,
      events: row.events,
      lastEventAt: row.last,
    }));
  }

  async webhooks(): Promise<WebhookRow[]> {
    const { rows } = await this.database.raw(
      `SELECT source, count(*)::integer AS deliveries, max(received_at) AS last FROM webhook_deliveries GROUP BY source`,
    );
    return rows.map(
      (row: { source: string; deliveries: number; last: Date }) => ({
        source: row.source,
        deliveries: row.deliveries,
        lastDeliveryAt: row.last,
      }),
    );
  }
}
