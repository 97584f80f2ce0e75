import { isError } from '@backstage/errors';
import {
  ANNOTATIONS,
  DELIVERY_SERVICE_ACCOUNT,
  LABELS,
  MANAGED_BY,
  type Delivery,
  type DeliveryLogLine,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { LEFTOVER_KINDS } from './allowedKinds';
import { asList, asRecord } from './podTemplates';

/** What {@link warnAboutLeftovers} takes. @internal */
export interface LeftoverOptions {
  readonly delivery: Delivery;
  readonly log: (line: Omit<DeliveryLogLine, 'at'>) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Names each object that an earlier revision brought and this one does not.
 * Nothing is deleted: a file may have been lost by mistake, and data with it.
 * @internal
 */
export async function warnAboutLeftovers(
  cluster: Cluster,
  applied: readonly KubernetesObject[],
  options: LeftoverOptions,
): Promise<void> {
  const { delivery, log, signal } = options;
  const kept = new Set(applied.map(keyOf));
  try {
    for (const object of await findDelivered(cluster, options)) {
      const { kind, metadata } = object;
      if (!kept.has(keyOf(object))) {
        await log({
          level: 'warn',
          message: `${kind} "${
            metadata.name
          }" is no longer in deploy/ and is still there: delete it with "kubectl -n ${
            delivery.namespace
          } delete ${kind.toLowerCase()} ${metadata.name}".`,
        });
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    const reason = isError(error) ? error.message : 'no reason given';
    await log({
      level: 'warn',
      message: `What is no longer in deploy/ could not be looked up: ${reason}`,
    });
  }
}

/** Everything in the namespace that came from the repository, read with the namespace's own account. */
async function findDelivered(
  cluster: Cluster,
  { delivery, signal }: LeftoverOptions,
): Promise<KubernetesObject[]> {
  const { namespace, component, repository } = delivery;
  const as = { serviceAccount: DELIVERY_SERVICE_ACCOUNT, namespace };
  const labelSelector = `${LABELS.managedBy}=${MANAGED_BY},${LABELS.kubernetesId}=${component}`;
  const found: KubernetesObject[] = [];
  for (const { kind, apiVersions } of LEFTOVER_KINDS) {
    const apiVersion = await firstServed(cluster, kind, apiVersions, signal);
    if (apiVersion) {
      const ref = { apiVersion, kind, namespace, labelSelector };
      found.push(...(await cluster.list(ref, { as, signal })));
    }
  }
  return found.filter(
    ({ metadata }) =>
      metadata.annotations?.[ANNOTATIONS.repository] === repository &&
      !metadata.deletionTimestamp &&
      !hasController(metadata),
  );
}

async function firstServed(
  cluster: Cluster,
  kind: string,
  apiVersions: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const apiVersion of apiVersions) {
    if (await cluster.serves(apiVersion, kind, { signal })) {
      return apiVersion;
    }
  }
  return undefined;
}

/** The ReplicaSet of a Deployment has the annotations of the Deployment, and goes with it. */
function hasController({ ownerReferences }: KubernetesObject['metadata']) {
  return asList(ownerReferences).some(each => asRecord(each)?.controller);
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}
