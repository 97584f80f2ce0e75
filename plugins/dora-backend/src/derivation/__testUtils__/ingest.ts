import {
  isProduction,
  resolveOptions,
  servicesOf,
  type DoraEvent,
  type EngineOptions,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { lockWrites } from '../../database/lockWrites';
import { ServiceStore } from '../../database/ServiceStore';
import { firstInstants } from '../../processing/firstInstants';
import { mergeBatch } from '../../processing/mergeBatch';
import { DatabaseDerivationService } from '../DatabaseDerivationService';

/** Takes batches of events in as the processor does, without the queue before it. */
export class Ingest {
  readonly #seen = new Map<string, DoraEvent[]>();
  readonly #derivation: DatabaseDerivationService;

  constructor(
    private readonly database: Knex,
    private readonly options: EngineOptions = {},
  ) {
    this.#derivation = new DatabaseDerivationService(options);
  }

  async take(batch: readonly DoraEvent[]): Promise<void> {
    const keys = new Set(batch.map(keyOf));
    for (const event of batch) {
      const known = this.#seen.get(keyOf(event)) ?? [];
      this.#seen.set(keyOf(event), [...known, event]);
    }
    const events = [...keys].flatMap(key => this.#seen.get(key) ?? []);
    const options = resolveOptions(this.options);
    await this.database.transaction(async trx => {
      await lockWrites(trx);
      const serviceIds = await new ServiceStore().ensure(trx, [
        ...new Set(events.flatMap(servicesOf)),
      ]);
      const touched = await mergeBatch({
        trx,
        events,
        serviceIds,
        isProduction: name => isProduction(name, options),
      });
      await new ServiceStore().observe(trx, firstInstants(events, serviceIds));
      await this.#derivation.rederive(trx, touched.list());
    });
  }
}

function keyOf({ kind, source, id }: DoraEvent): string {
  return JSON.stringify([kind, source, id]);
}
