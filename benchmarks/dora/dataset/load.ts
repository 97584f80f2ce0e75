import type { Knex } from 'knex';
import { observedSince } from '@waymark/plugin-dora-common';
import { CopyTarget } from './CopyTarget';
import { history } from './history';
import { serviceRef } from './options';
import { dropIndexes } from './indexes';
import { COLUMNS, rowsOf, Table } from './rows';

/** How much is loaded. */
export interface Size {
  readonly services: number;
  /** How many have histories of their own; the others have copies of them. */
  readonly distinct?: number;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

const TABLES = Object.keys(COLUMNS) as Table[];

/**
 * Fills the backend's own tables with made-up histories, as the backend itself
 * keeps them, but for the facts, which are derived afterwards.
 */
export async function load(
  knex: Knex,
  connection: string,
  size: Size,
): Promise<void> {
  const indexes = await dropIndexes(knex, TABLES);
  const targets = await Promise.all(
    TABLES.map(async table => [
      table,
      await CopyTarget.open(connection, table),
    ]),
  );
  const byTable = Object.fromEntries(targets) as Record<Table, CopyTarget>;
  const ids = { last: 0 };
  const nextId = () => {
    ids.last += 1;
    return ids.last;
  };
  const { distinct = size.services } = size;
  for (let service = 0; service < distinct; service++) {
    const events = history({ ...size, service });
    const since = Math.min(...events.map(event => observedSince(event)!));
    await knex('services').insert({
      ...{ id: service + 1, ref: serviceRef(service) },
      first_event_at: new Date(since),
    });
    const rows = rowsOf(service + 1, events, nextId);
    await Promise.all(TABLES.map(table => byTable[table].write(rows[table])));
  }
  await Promise.all(TABLES.map(table => byTable[table].close()));
  await knex.raw(`SELECT setval('deployments_id_seq', ?)`, [ids.last]);
  await knex.raw(`SELECT setval('services_id_seq', ?)`, [distinct]);
  for (const index of indexes) await knex.raw(index);
  await knex.raw('VACUUM ANALYZE');
}
