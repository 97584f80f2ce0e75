import type { Knex } from 'knex';

/** Any number that nothing else in this database takes. */
const LOCK = 0x444f5241; // DORA

/**
 * Waits until no other transaction, in this or another backend instance,
 * writes deployments, changes, incidents or facts; freed with the transaction.
 * Whoever calls `DerivationService.rederive` holds it, from before it reads
 * the rows that it will write.
 * @internal
 */
export async function lockWrites(trx: Knex.Transaction): Promise<void> {
  await trx.raw('SELECT pg_advisory_xact_lock(?)', [LOCK]);
}
