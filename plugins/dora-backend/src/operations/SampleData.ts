import type { Knex } from 'knex';
import { lockWrites } from '../database/lockWrites';
import type { DerivationService } from '../derivation/DerivationService';
import { rederiveInPortions } from '../processing/rederiveInPortions';
import { TouchedInstants } from '../processing/TouchedInstants';

/** How much was removed. @internal */
export interface RemovedSamples {
  readonly events: number;
  readonly deployments: number;
  readonly incidents: number;
}

/** Events that are made up, and everything that came of them. @internal */
export class SampleData {
  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly derivation: DerivationService;
      /** The source that marks them; undefined where there are none. */
      readonly source?: string;
    },
  ) {}

  /** Removes them in one transaction; what remains is as if they had never come. */
  async remove(): Promise<RemovedSamples> {
    const { database, derivation, source } = this.options;
    if (source === undefined)
      return { events: 0, deployments: 0, incidents: 0 };
    return database.transaction(async trx => {
      await lockWrites(trx);
      const touched = new TouchedInstants();
      const events = await trx('events').where({ source }).delete();
      const deployments = await trx('deployments')
        .where({ source })
        .delete()
        .returning(['service_id', 'started_at', 'finished_at', 'rollout_id']);
      const incidents = await trx('incidents')
        .where({ source })
        .delete()
        .returning(['service_id', 'opened_at']);
      for (const row of deployments) {
        const at = row.finished_at ?? row.started_at;
        if (at) touched.add(row.service_id, at.getTime());
        if (row.rollout_id) touched.addRollout(row.service_id, row.rollout_id);
      }
      for (const row of incidents) {
        touched.add(row.service_id, row.opened_at.getTime());
      }
      await touched.includeRollouts(trx);
      const services = [
        ...new Set([...deployments, ...incidents].map(row => row.service_id)),
      ];
      await observeAnew(trx, services);
      await rederiveInPortions(trx, touched.list(), derivation);
      return {
        events,
        deployments: deployments.length,
        incidents: incidents.length,
      };
    });
  }
}

/** Services are observed since the first event that remains. */
async function observeAnew(
  trx: Knex.Transaction,
  serviceIds: readonly number[],
): Promise<void> {
  await trx.raw(
    `WITH touched AS (SELECT id, ref FROM services WHERE id = ANY(?::integer[])),
     first AS (
       SELECT t.id, min(CASE e.kind WHEN 'incident' THEN (e.body->>'openedAt')::timestamptz ELSE e.instant END) AS at
       FROM touched t LEFT JOIN events e ON e.resolved_refs @> ARRAY[t.ref] AND e.state <> 'rejected'
       GROUP BY t.id)
     UPDATE services SET first_event_at = first.at FROM first WHERE services.id = first.id`,
    [[...serviceIds]],
  );
}
