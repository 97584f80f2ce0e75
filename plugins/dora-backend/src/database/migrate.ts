import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';

/**
 * Brings the plugin's tables up to date and returns the client.
 * @throws InputError when the database is not PostgreSQL
 * @internal
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!String(client.client.config.client).startsWith('pg')) {
    throw new InputError(
      `The DORA plugin stores its events in PostgreSQL, but its database is "${client.client.config.client}": set backend.database.client (or backend.database.plugin.dora.client) to pg.`,
    );
  }
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(
        '@waymark/plugin-dora-backend',
        'migrations',
      ),
    });
  }
  return client;
}
