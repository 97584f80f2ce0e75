import type { Knex } from 'knex';

/** The value of a question mark; a list is an array to PostgreSQL. @internal */
export type SqlValue =
  | string
  | number
  | null
  | readonly (string | number | Buffer | null)[];

/** The rows of a statement with question marks. @internal */
export async function query<T>(
  database: Knex,
  text: string,
  values: readonly SqlValue[] = [],
): Promise<T[]> {
  const { rows } = await database.raw<{ rows: T[] }>(
    text,
    values as readonly unknown[] as Knex.RawBinding[],
  );
  return rows;
}
