import type { Knex } from 'knex';
import { lockWrites } from '../database/lockWrites';
import type { DerivationService } from '../derivation/DerivationService';
import { rederiveInPortions } from '../processing/rederiveInPortions';
import { TouchedInstants } from '../processing/TouchedInstants';

/**
 * Brings what is stored in line with `dora.productionEnvironments`, which may
 * have changed since; returns the environments that count differently now.
 * @internal
 */
export async function applyProductionEnvironments(options: {
  readonly database: Knex;
  readonly derivation: DerivationService;
  readonly isProduction: (environment: string) => boolean;
}): Promise<string[]> {
  const { database, derivation, isProduction } = options;
  return database.transaction(async trx => {
    await lockWrites(trx);
    const stored = await trx('deployments').distinct(
      'environment',
      'production',
    );
    const wrong: string[] = stored
      .filter(row => row.production !== isProduction(row.environment))
      .map(row => row.environment);
    if (wrong.length === 0) return [];
    const { rows } = await trx.raw(
      `UPDATE deployments SET production = NOT production WHERE environment = ANY(?::text[])
       RETURNING service_id, finished_at`,
      [wrong],
    );
    const touched = new TouchedInstants();
    for (const row of rows) {
      if (row.finished_at) {
        touched.add(row.service_id, row.finished_at.getTime());
      }
    }
    await rederiveInPortions(trx, touched.list(), derivation);
    return wrong;
  });
}
