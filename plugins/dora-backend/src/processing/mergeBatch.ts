import { mergeEvents, type DoraEvent } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { TouchedInstants } from './TouchedInstants';
import { writeDeployments } from './writeDeployments';
import { writeIncidents } from './writeIncidents';

/** What {@link mergeBatch} takes. @internal */
export interface MergeOptions {
  readonly trx: Knex.Transaction;
  /** All events of the deployments and incidents that are to be merged. */
  readonly events: readonly DoraEvent[];
  readonly serviceIds: ReadonlyMap<string, number>;
  readonly isProduction: (environment: string) => boolean;
}

/**
 * Merges deployments and incidents from all of their events, writes what has
 * changed, and tells since when the histories of which services have.
 * @internal
 */
export async function mergeBatch(
  options: MergeOptions,
): Promise<TouchedInstants> {
  const touched = new TouchedInstants();
  const { deployments, incidents } = mergeEvents(options.events);
  await writeDeployments(deployments, options, touched);
  await writeIncidents(incidents, options, touched);
  await touched.includeRollouts(options.trx);
  return touched;
}
