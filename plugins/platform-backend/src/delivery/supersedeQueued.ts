import type { Knex } from 'knex';
import type { DeliveryRow } from './deliveryRows';
import type { NewDelivery } from './DeliveryStore';

/** Makes room for a newer revision: what waits for the namespace is not delivered any more. @internal */
export async function supersedeQueued(
  tx: Knex.Transaction,
  wanted: NewDelivery,
  now: number,
): Promise<void> {
  await tx<DeliveryRow>('deliveries')
    .where({ namespace: wanted.namespace, status: 'queued' })
    .update({
      status: 'superseded',
      message: 'A newer revision takes its place.',
      finished_at: now,
    });
}
