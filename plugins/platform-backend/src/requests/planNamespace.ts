import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  ANNOTATIONS,
  DEFAULT_ENVIRONMENT,
  DEFAULT_SIZE,
  LABELS,
  diffObjects,
  isSizeName,
  namespaceObjects,
  type DryRunResult,
  type KubernetesObject,
  type KubernetesObjectRef,
  type ObjectChange,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import type { PlatformConfig } from '../config';
import { isLabelValue } from '../names';
import type { Findings } from './findExisting';

type Plan = Pick<DryRunResult, 'objects' | 'changes' | 'notes'>;

/** Says what a request for a namespace would apply and change. @internal */
export async function planNamespace(options: {
  request: PlatformRequest;
  owner: Entity;
  findings: Findings;
  config: PlatformConfig;
}): Promise<Plan> {
  const { cluster, namespace } = options.findings;
  const objects = buildObjects(options);
  if (!cluster) {
    return {
      objects,
      changes: objects.map(created),
      notes: [`Not tried against the cluster: ${options.findings.unchecked}`],
    };
  }
  try {
    const changes = namespace
      ? await Promise.all(objects.map(each => changeOf(cluster, each)))
      : await planNew(cluster, objects);
    return { objects, changes, notes: clusterNotes(cluster) };
  } catch (error) {
    const reason = isError(error) ? error.message : 'no reason given';
    return {
      objects,
      changes: objects.map(created),
      notes: [`The cluster "${cluster.name}" did not accept it: ${reason}`],
    };
  }
}

function buildObjects(options: {
  request: PlatformRequest;
  owner: Entity;
  findings: Findings;
  config: PlatformConfig;
}): KubernetesObject[] {
  const { request, owner, config } = options;
  const labels = options.findings.namespace?.metadata.labels ?? {};
  const given = request.spec?.size;
  const sizeName = isSizeName(given) ? given : DEFAULT_SIZE;
  return namespaceObjects({
    name: request.name,
    owner: stringifyEntityRef(owner),
    environment: request.environment ?? DEFAULT_ENVIRONMENT,
    sizeName,
    size: config.sizes[sizeName],
    costCenter: costCenter(owner),
    component: request.component ?? labels[LABELS.component],
    // The first request made it; asking again does not change whose it is.
    request: labels[LABELS.request] ?? labelValue(request.idempotencyKey),
    settings: config.namespaces,
  });
}

/** Objects cannot be tried in a namespace that is not there: the namespace itself stands for them. */
async function planNew(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
): Promise<ObjectChange[]> {
  await cluster.apply(objects.slice(0, 1), { dryRun: true });
  return objects.map(created);
}

async function changeOf(
  cluster: Cluster,
  object: KubernetesObject,
): Promise<ObjectChange> {
  const before = await cluster.get(refOf(object));
  const [after] = await cluster.apply([object], { dryRun: true, force: true });
  if (!before) {
    return created(object);
  }
  const fields = diffObjects(before, after);
  return {
    operation: fields.length ? 'update' : 'unchanged',
    object: refOf(object),
    fields,
  };
}

function created(object: KubernetesObject): ObjectChange {
  return { operation: 'create', object: refOf(object), fields: [] };
}

function refOf({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): KubernetesObjectRef {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace && { namespace }) };
}

function clusterNotes(cluster: Cluster): string[] {
  return cluster.local
    ? [
        'Local cluster: objects, quotas and rollouts are real, containers are not started and network policies are stored but not enforced.',
      ]
    : [];
}

function costCenter(owner: Entity): string | undefined {
  return labelValue(owner.metadata.annotations?.[ANNOTATIONS.costCenter]);
}

/** The value, where it can stand in a label. */
function labelValue(value: string | undefined): string | undefined {
  return value && isLabelValue(value) ? value : undefined;
}
