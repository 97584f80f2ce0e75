import type { Knex } from 'knex';
import type { DeliveryRow } from './deliveryRows';

/** How many deliveries of a namespace are kept. */
const KEPT = 50;
/** So many where they wait to be reported. */
const KEPT_UNREPORTED = 1_000;

/** Forgets old deliveries of a namespace; with `reports` not those that still have to be reported. @internal */
export async function pruneDeliveries(
  knex: Knex,
  namespace: string,
  { reports }: { reports: boolean },
): Promise<void> {
  const newest = (limit: number) =>
    knex<DeliveryRow>('deliveries')
      .select('id')
      .where({ namespace })
      .orderBy('created_at', 'desc')
      .limit(limit);
  const query = knex<DeliveryRow>('deliveries')
    .where({ namespace })
    .whereNotIn('status', ['queued', 'running'])
    .whereNotIn('id', newest(KEPT));
  if (reports) {
    query.where(each =>
      each
        .whereNotNull('reported_at')
        .orWhereNotIn('id', newest(KEPT_UNREPORTED)),
    );
  }
  await query.delete();
}
