import type { Knex } from 'knex';
import type { NewDeployment } from '../database/DeploymentStore';
import type { StoredIncident } from '../database/IncidentStore';
import type { TouchedService } from '../derivation/DerivationService';

/** Since when the histories of services have changed. @internal */
export class TouchedInstants {
  readonly #from = new Map<number, number>();
  readonly #rollouts = new Set<string>();

  /** A deployment as it was or as it is now. */
  addDeployment(deployment: NewDeployment): void {
    const { serviceId, production, finishedAt, status, rolloutId } = deployment;
    if (!production || finishedAt === undefined) return;
    if (status !== 'success' && status !== 'failure') return;
    this.add(serviceId, finishedAt);
    if (rolloutId !== undefined) this.addRollout(serviceId, rolloutId);
  }

  /** A rollout one of whose members has changed. */
  addRollout(serviceId: number, rolloutId: string): void {
    this.#rollouts.add(JSON.stringify([serviceId, rolloutId]));
  }

  /** An incident as it was or as it is now. */
  addIncident({ serviceId, intervals }: StoredIncident): void {
    this.add(serviceId, intervals[0].openedAt);
  }

  add(serviceId: number, instant: number): void {
    const before = this.#from.get(serviceId) ?? instant;
    this.#from.set(serviceId, Math.min(before, instant));
  }

  /** A rollout counts when its last member finishes: the others move with it. */
  async includeRollouts(trx: Knex.Transaction): Promise<void> {
    if (this.#rollouts.size === 0) return;
    const rollouts = [...this.#rollouts].map(key => JSON.parse(key));
    const { rows } = await trx.raw(
      `SELECT d.service_id, min(d.finished_at) AS first
       FROM json_to_recordset(?::json) AS r(service integer, rollout text)
       JOIN deployments d ON d.service_id = r.service AND d.rollout_id = r.rollout
       WHERE d.production AND d.finished_at IS NOT NULL
       GROUP BY d.service_id`,
      [
        JSON.stringify(
          rollouts.map(([service, rollout]) => ({ service, rollout })),
        ),
      ],
    );
    for (const row of rows) this.add(row.service_id, row.first.getTime());
  }

  /** In the order of the services' ids. */
  list(): TouchedService[] {
    return [...this.#from]
      .sort(([a], [b]) => a - b)
      .map(([serviceId, from]) => ({ serviceId, from: new Date(from) }));
  }
}
