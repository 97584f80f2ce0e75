import type { Change } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';

/** The changes that events list. @internal */
export class ChangeStore {
  /** By deployment. */
  async find(
    trx: Knex.Transaction,
    deploymentIds: readonly string[],
  ): Promise<ReadonlyMap<string, Change[]>> {
    const found = new Map<string, Change[]>();
    if (deploymentIds.length === 0) return found;
    const rows = await trx('changes')
      .whereRaw('deployment_id = ANY(?::bigint[])', [[...deploymentIds]])
      .select(
        'deployment_id',
        'sha',
        'committed_at',
        'first_committed_at',
        'pull_request',
        'parents',
      );
    for (const row of rows) {
      const changes = found.get(row.deployment_id) ?? [];
      changes.push({
        sha: row.sha,
        committedAt: row.committed_at.getTime(),
        firstCommittedAt: row.first_committed_at?.getTime(),
        pullRequest: row.pull_request ?? undefined,
        parents: row.parents,
      });
      found.set(row.deployment_id, changes);
    }
    return found;
  }

  /** Puts these in the place of what was known of the deployments. */
  async replace(
    trx: Knex.Transaction,
    deployments: readonly {
      id: string;
      serviceId: number;
      changes: readonly Change[];
    }[],
  ): Promise<void> {
    if (deployments.length === 0) return;
    await trx('changes')
      .whereRaw('deployment_id = ANY(?::bigint[])', [
        deployments.map(deployment => deployment.id),
      ])
      .delete();
    const rows = deployments.flatMap(({ id, serviceId, changes }) =>
      changes.map(change => ({
        deployment_id: id,
        service_id: serviceId,
        sha: change.sha,
        committed_at: new Date(change.committedAt).toISOString(),
        first_committed_at:
          change.firstCommittedAt === undefined
            ? undefined
            : new Date(change.firstCommittedAt).toISOString(),
        pull_request: change.pullRequest,
        parents: change.parents,
      })),
    );
    await trx.raw(
      `INSERT INTO changes (deployment_id, service_id, sha, committed_at, first_committed_at, pull_request, parents)
       SELECT * FROM json_to_recordset(?::json)
         AS r(deployment_id bigint, service_id integer, sha text, committed_at timestamptz, first_committed_at timestamptz, pull_request integer, parents text[])`,
      [JSON.stringify(rows)],
    );
  }
}
