import type { Knex } from 'knex';
import { BEFORE, FINISHED, inView } from './ExcerptReader';
import type { Job, StoredDeployment } from './Job';
import {
  byJob,
  queryWanted,
  WANTED,
  type ByJob,
  type Wanted,
} from './jobValues';
import {
  DEPLOYMENT_COLUMNS,
  toStoredDeployment,
  type DeploymentRecord,
} from './rows';

/** Reads units before a stretch of history that tell what those in it are. @internal */
export class UnitReader {
  constructor(private readonly trx: Knex.Transaction) {}

  /** The deployments that speak for these facts, with the members of their rollouts. */
  async units(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<StoredDeployment>> {
    const rows = await queryWanted<DeploymentRecord & { n: number }>(
      this.trx,
      `SELECT j.n, j.view, s.ref, ${DEPLOYMENT_COLUMNS} FROM ${WANTED}
      JOIN services s ON s.id = j.service_id
      JOIN deployments u ON u.id = j.value::bigint
      JOIN LATERAL (
        SELECT m.* FROM deployments m WHERE m.id = u.id
        UNION
        SELECT m.* FROM deployments m WHERE m.rollout_id = u.rollout_id AND m.service_id = u.service_id
      ) d ON true
      WHERE ${FINISHED}`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows.filter(inView), toStoredDeployment);
  }

  /**
   * For each of these revisions the last unit before the start that brought it
   * live, and the successful unit after that, several where they finished at once.
   */
  async instances(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<string>> {
    const rows = await queryWanted<{ n: number; id: string }>(
      this.trx,
      `SELECT DISTINCT j.n, x.id FROM ${WANTED}
      JOIN LATERAL (
        SELECT max(f.finished_at) AS at FROM facts f
        WHERE ${BEFORE} AND lower(left(f.revision, 7)) = lower(left(j.value, 7)) AND f.revision = j.value
      ) i ON i.at IS NOT NULL
      JOIN LATERAL (
        (SELECT f.deployment_id::text AS id FROM facts f WHERE ${BEFORE} AND f.finished_at = i.at)
        UNION ALL
        (SELECT f.deployment_id::text FROM facts f WHERE ${BEFORE} AND f.finished_at > i.at
        ORDER BY f.finished_at FETCH FIRST 1 ROW WITH TIES)
      ) x ON true`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.id);
  }

  /** Successful units before the start whose revision is, or begins with, a named one. */
  async unitsOfRevision(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<string>> {
    const rows = await queryWanted<{ n: number; id: string }>(
      this.trx,
      `SELECT DISTINCT j.n, f.deployment_id::text AS id FROM ${WANTED}
      JOIN facts f ON ${BEFORE} AND lower(left(f.revision, 7)) = lower(left(j.value, 7))
        AND (f.revision = j.value OR starts_with(lower(f.revision), lower(j.value)))`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.id);
  }
}
