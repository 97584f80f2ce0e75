import type { Knex } from 'knex';
import { query } from '../facts/query';

const SETTINGS = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

/**
 * Holds the planner to look-ups by index, one a value, while something runs.
 * That is what the derivation is made of, and what the planner does not choose
 * where tables have grown since they were analysed, or never were.
 * @internal
 */
export async function withLookups<T>(
  trx: Knex.Transaction,
  run: () => Promise<T>,
): Promise<T> {
  await set(trx, 'off');
  const result = await run();
  // After an error nothing but a rollback works, which undoes it as well.
  await set(trx, 'on');
  return result;
}

async function set(trx: Knex.Transaction, value: 'on' | 'off'): Promise<void> {
  await query(
    trx,
    `SELECT ${SETTINGS.map(
      name => `set_config('${name}', '${value}', true)`,
    ).join(', ')}`,
  );
}
