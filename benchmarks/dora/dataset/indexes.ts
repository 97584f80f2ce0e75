import type { Knex } from 'knex';

/**
 * Drops the indexes of tables that are about to be filled: they are built
 * faster when all rows are there.
 * @returns the statements that build them again
 */
export async function dropIndexes(
  knex: Knex,
  tables: readonly string[],
): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i WHERE i.indrelid = ANY(?::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [[...tables]],
  );
  for (const { name } of rows) await knex.raw(`DROP INDEX ${name}`);
  return rows.map((row: { definition: string }) => row.definition);
}
