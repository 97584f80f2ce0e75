import type { Deployment } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';

/** What is stored of a deployment; instants are milliseconds since 1970. @internal */
export interface StoredDeployment {
  readonly id: string;
  readonly serviceId: number;
  readonly source: string;
  readonly externalId: string;
  readonly environment: string;
  readonly production: boolean;
  readonly status: Deployment['status'];
  readonly revision?: string;
  readonly version?: string;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly rolloutId?: string;
  readonly url?: string;
  readonly remediates?: string;
  readonly hotfix: boolean;
  readonly changesState:
    | 'given'
    | 'none'
    | 'wanted'
    | 'fetched'
    | 'unavailable';
}

/** @internal */
export type NewDeployment = Omit<StoredDeployment, 'id'>;

const COLUMNS = [
  'service_id',
  'source',
  'external_id',
  'environment',
  'production',
  'status',
  'revision',
  'version',
  'started_at',
  'finished_at',
  'rollout_id',
  'url',
  'remediates',
  'hotfix',
  'changes_state',
] as const;

const TYPES = `service_id integer, source text, external_id text, environment text, production boolean, status text, revision text, version text, started_at timestamptz, finished_at timestamptz, rollout_id text, url text, remediates text, hotfix boolean, changes_state text`;

/** The attempts that events have told of. @internal */
export class DeploymentStore {
  /** Those with these identities, in any environment. */
  async find(
    trx: Knex.Transaction,
    identities: readonly {
      serviceId: number;
      source: string;
      externalId: string;
    }[],
  ): Promise<StoredDeployment[]> {
    if (identities.length === 0) return [];
    const { rows } = await trx.raw(
      `SELECT d.id, ${COLUMNS.map(column => `d.${column}`).join(', ')}
       FROM json_to_recordset(?::json) AS r("serviceId" integer, source text, "externalId" text)
       JOIN deployments d ON d.service_id = r."serviceId" AND d.source = r.source AND d.external_id = r."externalId"`,
      [JSON.stringify(identities)],
    );
    return rows.map(toDeployment);
  }

  /** Adds or replaces; returns the ids in the order given. */
  async upsert(
    trx: Knex.Transaction,
    deployments: readonly NewDeployment[],
  ): Promise<string[]> {
    if (deployments.length === 0) return [];
    const updates = COLUMNS.slice(4).map(
      column => `${column} = excluded.${column}`,
    );
    const { rows } = await trx.raw(
      `INSERT INTO deployments AS d (${COLUMNS.join(', ')})
       SELECT ${COLUMNS.join(
         ', ',
       )} FROM json_to_recordset(?::json) AS r(${TYPES})
       ON CONFLICT (service_id, source, external_id, environment) DO UPDATE SET
         ${updates.join(', ')},
         changes_reason = ${kept('changes_reason', 'NULL')},
         changes_attempts = ${kept('changes_attempts', '0')},
         changes_next_at = ${kept('changes_next_at', 'NULL')},
         ancestor_of = ${kept('ancestor_of', 'NULL')}
       RETURNING id, service_id, source, external_id, environment`,
      [JSON.stringify(deployments.map(toRow))],
    );
    const ids = new Map<string, string>(
      rows.map((row: Row) => [
        keyOf({
          serviceId: row.service_id,
          source: row.source,
          externalId: row.external_id,
          environment: row.environment,
        }),
        row.id,
      ]),
    );
    return deployments.map(deployment => ids.get(keyOf(deployment))!);
  }
}

/** What a Git provider said stays true as long as the revision is the same. */
function kept(column: string, otherwise: string): string {
  return `CASE WHEN d.revision = excluded.revision THEN d.${column} ELSE ${otherwise} END`;
}

interface Row {
  id: string;
  service_id: number;
  source: string;
  external_id: string;
  environment: string;
  production: boolean;
  status: Deployment['status'];
  revision: string | null;
  version: string | null;
  started_at: Date | null;
  finished_at: Date | null;
  rollout_id: string | null;
  url: string | null;
  remediates: string | null;
  hotfix: boolean;
  changes_state: StoredDeployment['changesState'];
}

function toDeployment(row: Row): StoredDeployment {
  return {
    id: row.id,
    serviceId: row.service_id,
    source: row.source,
    externalId: row.external_id,
    environment: row.environment,
    production: row.production,
    status: row.status,
    revision: row.revision ?? undefined,
    version: row.version ?? undefined,
    startedAt: row.started_at?.getTime(),
    finishedAt: row.finished_at?.getTime(),
    rolloutId: row.rollout_id ?? undefined,
    url: row.url ?? undefined,
    remediates: row.remediates ?? undefined,
    hotfix: row.hotfix,
    changesState: row.changes_state,
  };
}

function toRow(deployment: NewDeployment) {
  return {
    service_id: deployment.serviceId,
    source: deployment.source,
    external_id: deployment.externalId,
    environment: deployment.environment,
    production: deployment.production,
    status: deployment.status,
    revision: deployment.revision,
    version: deployment.version,
    started_at: toInstant(deployment.startedAt),
    finished_at: toInstant(deployment.finishedAt),
    rollout_id: deployment.rolloutId,
    url: deployment.url,
    remediates: deployment.remediates,
    hotfix: deployment.hotfix,
    changes_state: deployment.changesState,
  };
}

function toInstant(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined
    ? undefined
    : new Date(milliseconds).toISOString();
}

/** Tells attempts apart. @internal */
export function keyOf(
  deployment: Pick<
    StoredDeployment,
    'serviceId' | 'source' | 'externalId' | 'environment'
  >,
): string {
  const { serviceId, source, externalId, environment } = deployment;
  return JSON.stringify([serviceId, source, externalId, environment]);
}
