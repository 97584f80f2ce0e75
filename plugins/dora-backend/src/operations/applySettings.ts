import { canonicalJson } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { DoraConfig } from '../config';
import { lockWrites } from '../database/lockWrites';
import type { DerivationService } from '../derivation/DerivationService';
import { rederiveInPortions } from '../processing/rederiveInPortions';

const NAME = 'engine';
const SERVICES_PER_TRANSACTION = 20;

/**
 * Derives all facts anew when the settings that they rest on have changed;
 * returns whether they had. Interrupted, it begins again at the next start.
 * @internal
 */
export async function applySettings(options: {
  readonly config: Pick<
    DoraConfig,
    'attributionWindow' | 'failedAttemptsCount'
  >;
  readonly database: Knex;
  readonly derivation: DerivationService;
}): Promise<boolean> {
  const { database, derivation } = options;
  const { attributionWindow, failedAttemptsCount } = options.config;
  const settings = { attributionWindow, failedAttemptsCount };
  const stored = await database('settings').where({ name: NAME }).first();
  const changed =
    stored !== undefined &&
    canonicalJson(stored.value) !== canonicalJson(settings);
  const ids: number[] = changed
    ? await database('services').orderBy('id').pluck('id')
    : [];
  for (let at = 0; at < ids.length; at += SERVICES_PER_TRANSACTION) {
    await database.transaction(async trx => {
      await lockWrites(trx);
      const portion = ids.slice(at, at + SERVICES_PER_TRANSACTION);
      await rederiveInPortions(
        trx,
        portion.map(serviceId => ({ serviceId, from: new Date(0) })),
        derivation,
      );
    });
  }
  await database('settings')
    .insert({ name: NAME, value: JSON.stringify(settings) })
    .onConflict('name')
    .merge();
  return changed;
}
