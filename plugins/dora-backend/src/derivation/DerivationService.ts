import type { Knex } from 'knex';

/** A service whose history has changed. @internal */
export interface TouchedService {
  readonly serviceId: number;
  /**
   * The earliest instant at which rows were, or are now: finishes of
   * deployments and of the members of their rollouts, openings of incidents.
   * What those rows are attributed to may be earlier still.
   */
  readonly from: Date;
}

/** Keeps the facts true to the deployments, changes and incidents. @internal */
export interface DerivationService {
  /**
   * Derives the facts of these services anew, as far as they may have changed.
   * Called in the transaction that wrote the rows, under `lockWrites`.
   */
  rederive(
    trx: Knex.Transaction,
    touched: readonly TouchedService[],
  ): Promise<void>;

  /**
   * Removes the facts of what finished before, without deriving the others
   * anew: what was live before stays known to them. Called by the retention,
   * in its transaction.
   */
  expire(trx: Knex.Transaction, before: Date): Promise<void>;
}
