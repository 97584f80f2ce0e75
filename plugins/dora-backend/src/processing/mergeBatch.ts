import {
  canonicalJson,
  mergeEvents,
  observedSince,
  type Deployment,
  type DoraEvent,
  type Incident,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { ChangeStore } from '../database/ChangeStore';
import {
  DeploymentStore,
  keyOf,
  type NewDeployment,
  type StoredDeployment,
} from '../database/DeploymentStore';
import { IncidentStore, type StoredIncident } from '../database/IncidentStore';
import { TouchedInstants } from './TouchedInstants';

const deploymentStore = new DeploymentStore();
const changeStore = new ChangeStore();
const incidentStore = new IncidentStore();

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

/** Since when each service is observed, as far as these events tell. @internal */
export function firstInstants(
  events: readonly DoraEvent[],
  serviceIds: ReadonlyMap<string, number>,
): Map<number, number> {
  const first = new Map<number, number>();
  for (const event of events) {
    const at = observedSince(event);
    if (at === undefined) continue;
    const refs = event.kind === 'incident' ? event.services : [event.service];
    for (const ref of refs) {
      const id = serviceIds.get(ref);
      if (id !== undefined) first.set(id, Math.min(at, first.get(id) ?? at));
    }
  }
  return first;
}

async function writeDeployments(
  deployments: readonly Deployment[],
  { trx, serviceIds, isProduction }: MergeOptions,
  touched: TouchedInstants,
): Promise<void> {
  const merged = deployments.map(deployment => ({
    deployment,
    identity: {
      serviceId: serviceIds.get(deployment.service)!,
      source: deployment.source,
      externalId: deployment.id,
      environment: deployment.environment,
    },
  }));
  const known = new Map(
    (
      await deploymentStore.find(
        trx,
        merged.map(({ identity }) => identity),
      )
    ).map(stored => [keyOf(stored), stored]),
  );
  const givenBefore = await changeStore.find(
    trx,
    [...known.values()]
      .filter(stored => stored.changesState === 'given')
      .map(stored => stored.id),
  );
  const wanted = merged.map(({ deployment, identity }) => {
    const before = known.get(keyOf(identity));
    const { changes } = deployment;
    const row: NewDeployment = {
      ...identity,
      production: isProduction(deployment.environment),
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
    const newChanges =
      changes !== undefined &&
      (before?.changesState !== 'given' ||
        sortedJson(changes) !== sortedJson(givenBefore.get(before.id) ?? []));
    const staleChanges =
      before?.changesState === 'fetched' && row.changesState === 'none';
    const { id: _, ...rest } = before ?? { id: undefined };
    const changed =
      newChanges || staleChanges || canonicalJson(row) !== canonicalJson(rest);
    return {
      row,
      before,
      changed,
      changes: newChanges ? changes : staleChanges ? [] : undefined,
    };
  });
  const writes = wanted.filter(({ changed }) => changed);
  const ids = await deploymentStore.upsert(
    trx,
    writes.map(({ row }) => row),
  );
  await changeStore.replace(
    trx,
    writes.flatMap(({ row, changes }, index) =>
      changes ? [{ id: ids[index], serviceId: row.serviceId, changes }] : [],
    ),
  );
  for (const { row, before } of writes) {
    touched.addDeployment(row);
    if (before) touched.addDeployment(before);
  }
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

async function writeIncidents(
  incidents: readonly Incident[],
  { trx, serviceIds }: MergeOptions,
  touched: TouchedInstants,
): Promise<void> {
  const merged = incidents
    .filter(incident => incident.intervals.length > 0)
    .map(
      (incident): StoredIncident => ({
        serviceId: serviceIds.get(incident.service)!,
        source: incident.source,
        externalId: incident.id,
        intervals: incident.intervals,
        deployment: incident.deployment,
        revision: incident.revision,
        severity: incident.severity,
        title: incident.title,
        url: incident.url,
      }),
    );
  const known = new Map(
    (await incidentStore.find(trx, merged)).map(stored => [
      incidentKeyOf(stored),
      stored,
    ]),
  );
  const writes = merged.filter(
    row => canonicalJson(row) !== canonicalJson(known.get(incidentKeyOf(row))),
  );
  await incidentStore.upsert(trx, writes);
  for (const row of writes) {
    touched.addIncident(row);
    const before = known.get(incidentKeyOf(row));
    if (before) touched.addIncident(before);
  }
}

function incidentKeyOf(incident: StoredIncident): string {
  const { serviceId, source, externalId } = incident;
  return JSON.stringify([serviceId, source, externalId]);
}

function sortedJson(changes: readonly { readonly sha: string }[]): string {
  return canonicalJson([...changes].sort((a, b) => (a.sha < b.sha ? -1 : 1)));
}
