import type { Knex } from 'knex';
import type { ServiceResolver } from '../services/ServiceResolver';
import type { ServiceLookup } from '../sources/types';

/** How many services are looked for at a time, those named at once and the others one by one. */
const MAX_AT_ONCE = { refs: 10_000, lookups: 1_000 };

/** The next that the catalog did not have, after a given one. */
const MISSING = {
  refs: `SELECT DISTINCT ref COLLATE "C" AS key FROM events, unnest(service_refs) AS ref
    WHERE state = 'unmatched' AND ref <> ALL(coalesce(resolved_refs, '{}')) AND ref COLLATE "C" > ?
    ORDER BY key LIMIT ?`,
  lookups: `SELECT DISTINCT lookup::text COLLATE "C" AS key FROM events
    WHERE state = 'unmatched' AND lookup IS NOT NULL AND lookup::text COLLATE "C" > ?
    ORDER BY key LIMIT ?`,
};

/** Looks again for services that the catalog did not have. @internal */
export class UnmatchedEvents {
  /** Those that were looked for last: the next round goes on after them, so that each has its turn. */
  #after = { refs: '', lookups: '' };

  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly services: ServiceResolver;
      readonly maxAtOnce?: { readonly refs: number; readonly lookups: number };
    },
  ) {}

  /** Has events counted whose services are there now; returns how many. */
  async recheck(): Promise<number> {
    const { database, services } = this.options;
    const refs = await this.turn('refs');
    const lookups = await this.turn('lookups');
    if (refs.length === 0 && lookups.length === 0) return 0;
    services.forget();
    const found = await services.existing(refs);
    const foundLookups: string[] = [];
    for (const lookup of lookups) {
      const resolved = await services.find(JSON.parse(lookup) as ServiceLookup);
      if (resolved.found.length > 0) foundLookups.push(lookup);
    }
    if (found.size === 0 && foundLookups.length === 0) return 0;
    const { rowCount } = await database.raw(
      `UPDATE events SET state = 'pending'
       WHERE state = 'unmatched' AND (
         EXISTS (SELECT 1 FROM unnest(service_refs) AS ref WHERE ref = ANY(?::text[]) AND ref <> ALL(coalesce(resolved_refs, '{}')))
         OR lookup = ANY(SELECT l::jsonb FROM unnest(?::text[]) AS l))`,
      [[...found], foundLookups],
    );
    return rowCount;
  }

  /** From the start again where the end is reached. */
  private async turn(what: 'refs' | 'lookups'): Promise<string[]> {
    const { database, maxAtOnce = MAX_AT_ONCE } = this.options;
    const limit = maxAtOnce[what];
    const { rows } = await database.raw(MISSING[what], [
      this.#after[what],
      limit,
    ]);
    const found: string[] = rows.map((row: { key: string }) => row.key);
    this.#after[what] = found.length < limit ? '' : found[limit - 1];
    return found;
  }
}
