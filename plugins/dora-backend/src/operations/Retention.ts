import { durationToMilliseconds } from '@backstage/types';
import type { Knex } from 'knex';
import type { DoraConfig } from '../config';
import { lockWrites } from '../database/lockWrites';
import type { DerivationService } from '../derivation/DerivationService';

/** Rows of one transaction: others write in between. */
const BATCH = 5_000;

/** What was removed. @internal */
export interface Expired {
  bodies: number;
  deployments: number;
  incidents: number;
  events: number;
  deliveries: number;
}

/** Removes what is past its time. @internal */
export class Retention {
  constructor(
    private readonly options: {
      readonly config: Pick<DoraConfig, 'retention'>;
      readonly database: Knex;
      readonly derivation: DerivationService;
      readonly now: () => number;
    },
  ) {}

  async run(): Promise<Expired> {
    const { config, now } = this.options;
    const before = (duration: Parameters<typeof durationToMilliseconds>[0]) =>
      new Date(now() - durationToMilliseconds(duration));
    const expired: Expired = {
      bodies: 0,
      deployments: 0,
      incidents: 0,
      events: 0,
      deliveries: 0,
    };
    if (config.retention.rawBodies) {
      expired.bodies = await this.removeBodies(
        before(config.retention.rawBodies),
      );
    }
    if (config.retention.events) {
      await this.removeEvents(before(config.retention.events), expired);
    }
    return expired;
  }

  private async removeBodies(before: Date): Promise<number> {
    return this.options
      .database('webhook_deliveries')
      .where('received_at', '<', before)
      .whereNotNull('body')
      .update({ body: null });
  }

  /** An incident that is still open is kept, however old; so are the events of what is kept. */
  private async removeEvents(before: Date, expired: Expired): Promise<void> {
    expired.deployments = await this.batches(
      `DELETE FROM deployments WHERE id IN (
         SELECT id FROM deployments WHERE coalesce(finished_at, started_at) < ? LIMIT ?)`,
      before,
    );
    expired.incidents = await this.batches(
      `DELETE FROM incidents WHERE id IN (
         SELECT id FROM incidents WHERE NOT open AND to_timestamp((intervals->-1->>'resolvedAt')::float / 1000) < ? LIMIT ?)`,
      before,
    );
    expired.events = await this.batches(
      `DELETE FROM events WHERE id IN (
         SELECT id FROM events e WHERE coalesce(instant, received_at) < ? AND state <> 'pending'
           AND NOT EXISTS (SELECT 1 FROM deployments d WHERE e.kind = 'deployment' AND d.source = e.source AND d.external_id = e.external_id)
           AND NOT EXISTS (SELECT 1 FROM incidents i WHERE e.kind = 'incident' AND i.source = e.source AND i.external_id = e.external_id)
         LIMIT ?)`,
      before,
    );
    expired.deliveries = await this.batches(
      `DELETE FROM webhook_deliveries WHERE id IN (
         SELECT id FROM webhook_deliveries WHERE received_at < ? AND state <> 'pending' LIMIT ?)`,
      before,
    );
    const { database, derivation } = this.options;
    await database.transaction(async trx => {
      await lockWrites(trx);
      await derivation.expire(trx, before);
      await trx.raw(
        `UPDATE services SET first_event_at = ? WHERE first_event_at < ?`,
        [before, before],
      );
    });
  }

  private async batches(sql: string, before: Date): Promise<number> {
    let removed = 0;
    for (;;) {
      const { rowCount } = await this.options.database.transaction(
        async (trx): Promise<{ rowCount: number }> => {
          await lockWrites(trx);
          return trx.raw(sql, [before, BATCH]);
        },
      );
      removed += rowCount;
      if (rowCount < BATCH) return removed;
    }
  }
}
