import {
  canonicalJson,
  type Change,
  type Deployment,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { ChangeStore } from '../database/ChangeStore';
import {
  DeploymentStore,
  keyOf,
  type NewDeployment,
  type StoredDeployment,
} from '../database/DeploymentStore';
import type { TouchedInstants } from './TouchedInstants';

const deploymentStore = new DeploymentStore();
const changeStore = new ChangeStore();

/** What {@link writeDeployments} takes. */
interface Options {
  readonly trx: Knex.Transaction;
  readonly serviceIds: ReadonlyMap<string, number>;
  readonly isProduction: (environment: string) => boolean;
}

/** A deployment to be written; `changes` where they are to be replaced. */
interface Write {
  readonly row: NewDeployment;
  readonly before?: StoredDeployment;
  readonly changes?: readonly Change[];
}

/** Writes the deployments that are not what they were, with the changes that they list. @internal */
export async function writeDeployments(
  deployments: readonly Deployment[],
  options: Options,
  touched: TouchedInstants,
): Promise<void> {
  const { trx } = options;
  const writes = await findWrites(deployments, options);
  const ids = await deploymentStore.upsert(
    trx,
    writes.map(({ row }) => row),
  );
  await changeStore.replace(
    trx,
    writes.flatMap(({ row: { serviceId }, changes }, index) =>
      changes ? [{ id: ids[index], serviceId, changes }] : [],
    ),
  );
  for (const { row, before } of writes) {
    touched.addDeployment(row);
    if (before) touched.addDeployment(before);
  }
}

async function findWrites(
  deployments: readonly Deployment[],
  { trx, serviceIds, isProduction }: Options,
): Promise<Write[]> {
  const identities = deployments.map(({ service, source, id }) => ({
    serviceId: serviceIds.get(service)!,
    source,
    externalId: id,
  }));
  const stored = await deploymentStore.find(trx, identities);
  const known = new Map(stored.map(before => [keyOf(before), before]));
  const listed = await changeStore.find(
    trx,
    stored.filter(each => each.changesState === 'given').map(({ id }) => id),
  );
  const writes: Write[] = [];
  for (const [index, deployment] of deployments.entries()) {
    const { environment } = deployment;
    const before = known.get(keyOf({ ...identities[index], environment }));
    const row: NewDeployment = {
      ...identities[index],
      environment,
      production: isProduction(environment),
      status: deployment.status,
      revision: deployment.revision,
      version: deployment.version,
      startedAt: deployment.startedAt,
      finishedAt: deployment.finishedAt,
      rolloutId: deployment.rolloutId,
      url: deployment.url,
      remediates: deployment.remediates,
      hotfix: deployment.hotfix,
      changesState: changesState(deployment, before),
    };
    const changes = changesToWrite(
      deployment,
      row,
      before && { ...before, changes: listed.get(before.id) ?? [] },
    );
    if (changes || !isSame(row, before)) writes.push({ row, before, changes });
  }
  return writes;
}

function isSame(
  row: NewDeployment,
  before: StoredDeployment | undefined,
): boolean {
  if (!before) return false;
  const { id: _, ...rest } = before;
  return canonicalJson(row) === canonicalJson(rest);
}

/** Changes that were fetched, or are to be, belong to a revision. */
function changesState(
  deployment: Deployment,
  before: StoredDeployment | undefined,
): StoredDeployment['changesState'] {
  if (deployment.changes) return 'given';
  const same =
    before !== undefined &&
    before.changesState !== 'given' &&
    before.revision === deployment.revision;
  return same ? before.changesState : 'none';
}

/** Undefined where what is stored stays. */
function changesToWrite(
  { changes }: Deployment,
  row: NewDeployment,
  before:
    | (StoredDeployment & { readonly changes: readonly Change[] })
    | undefined,
): readonly Change[] | undefined {
  if (changes) {
    const same =
      before?.changesState === 'given' &&
      inOrder(changes) === inOrder(before.changes);
    return same ? undefined : changes;
  }
  const known = ['given', 'fetched'].includes(before?.changesState ?? 'none');
  const stale = known && row.changesState === 'none';
  return stale ? [] : undefined;
}

function inOrder(changes: readonly Change[]): string {
  return canonicalJson([...changes].sort((a, b) => (a.sha < b.sha ? -1 : 1)));
}
