import type { Delivery } from '@waymark/plugin-platform-common';
import type { Knex } from 'knex';
import { toDelivery, type DeliveryRow } from './deliveryRows';

/** A delivery that has ended, with what it has in common with others. @internal */
export type EndedDelivery = Delivery & { readonly rolloutId?: string };

/** Which deliveries another plugin still has to be told of. @internal */
export class DeliveryReports {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number = Date.now) {
    this.#knex = knex;
    this.#now = now;
  }

  /** The earliest first. */
  async unreported(limit: number): Promise<EndedDelivery[]> {
    const rows = await this.#knex<DeliveryRow>('deliveries')
      .whereNull('reported_at')
      .whereNotNull('finished_at')
      .whereIn('status', ['succeeded', 'failed', 'superseded'])
      .orderBy('finished_at')
      .limit(limit);
    return rows.map(row => ({
      ...toDelivery(row),
      rolloutId: row.rollout_id ?? undefined,
    }));
  }

  async markReported(ids: readonly string[]): Promise<void> {
    await this.#knex<DeliveryRow>('deliveries')
      .whereIn('id', [...ids])
      .update({ reported_at: this.#now() });
  }
}
