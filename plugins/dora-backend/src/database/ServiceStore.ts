import type { Knex } from 'knex';

/** Services that events have spoken of. @internal */
export class ServiceStore {
  /** Their ids by entity reference; those not there yet are added. */
  async ensure(
    trx: Knex.Transaction,
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (refs.length === 0) return new Map();
    await trx.raw(
      `INSERT INTO services (ref) SELECT unnest(?::text[]) EXCEPT SELECT ref FROM services
       ON CONFLICT (ref) DO NOTHING`,
      [[...refs]],
    );
    const rows = await trx('services')
      .whereRaw('ref = ANY(?::text[])', [[...refs]])
      .select('id', 'ref');
    return new Map(rows.map(row => [row.ref, row.id]));
  }

  /** Lets services be observed since these instants, where they were not before. */
  async observe(
    trx: Knex.Transaction,
    since: ReadonlyMap<number, number>,
  ): Promise<void> {
    const rows = [...since].map(([id, at]) => ({
      id,
      at: new Date(at).toISOString(),
    }));
    await trx.raw(
      `UPDATE services SET first_event_at = r.at
       FROM json_to_recordset(?::json) AS r(id integer, at timestamptz)
       WHERE services.id = r.id AND (first_event_at IS NULL OR first_event_at > r.at)`,
      [JSON.stringify(rows)],
    );
  }
}
