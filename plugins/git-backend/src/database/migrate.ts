import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/**
 * Brings the plugin's tables up to date and returns the client.
 * @internal
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(
        '@waymark/plugin-git-backend',
        'migrations',
      ),
    });
  }
  return client;
}

/**
 * An instant as ISO 8601 in UTC, whatever the database's driver makes of it.
 * @internal
 */
export function toInstant(value: Date | string | number): string {
  return new Date(value).toISOString();
}

/**
 * Whether a statement failed because the row is there already (PostgreSQL and SQLite).
 * @internal
 */
export function isDuplicate(error: unknown): boolean {
  const code = (error as { code?: string })?.code;
  return (
    code === '23505' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}
