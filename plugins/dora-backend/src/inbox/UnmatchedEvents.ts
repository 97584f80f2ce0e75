import type { Knex } from 'knex';
import type { ServiceResolver } from '../services/ServiceResolver';
import type { ServiceLookup } from '../sources/types';

/** How many services are looked for at a time. */
const MAX_CANDIDATES = 10_000;

/** Looks again for services that the catalog did not have. @internal */
export class UnmatchedEvents {
  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly services: ServiceResolver;
    },
  ) {}

  /** Has events counted whose services are there now; returns how many. */
  async recheck(): Promise<number> {
    const { database, services } = this.options;
    const refs = await this.missingRefs();
    const lookups = await this.missingLookups();
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

  private async missingRefs(): Promise<string[]> {
    const { rows } = await this.options.database.raw(
      `SELECT DISTINCT ref FROM events, unnest(service_refs) AS ref
       WHERE state = 'unmatched' AND ref <> ALL(coalesce(resolved_refs, '{}')) LIMIT ?`,
      [MAX_CANDIDATES],
    );
    return rows.map((row: { ref: string }) => row.ref);
  }

  private async missingLookups(): Promise<string[]> {
    const { rows } = await this.options.database.raw(
      `SELECT DISTINCT lookup::text AS lookup FROM events
       WHERE state = 'unmatched' AND lookup IS NOT NULL LIMIT ?`,
      [MAX_CANDIDATES],
    );
    return rows.map((row: { lookup: string }) => row.lookup);
  }
}
