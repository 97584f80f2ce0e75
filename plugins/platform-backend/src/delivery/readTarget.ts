import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { DeliveryFailure } from './DeliveryFailure';
import type { QueuedDelivery } from './DeliveryStore';

/**
 * The namespace of a delivery as it is now. Throws a DeliveryFailure where it
 * is not the one that the delivery was queued for: a name may have changed
 * hands since.
 * @internal
 */
export async function readTarget(
  cluster: Cluster,
  delivery: QueuedDelivery,
  signal: AbortSignal,
): Promise<KubernetesObject> {
  const { namespace: name, component, owner } = delivery;
  const namespace = await cluster.get(
    { apiVersion: 'v1', kind: 'Namespace', name },
    { signal },
  );
  if (!namespace || namespace.metadata.deletionTimestamp) {
    throw new DeliveryFailure(
      `The namespace ${name} is gone: create it again to deliver to it.`,
    );
  }
  const { uid, labels = {}, annotations = {} } = namespace.metadata;
  if ((uid ?? '') !== delivery.namespaceUid) {
    throw new DeliveryFailure(
      `The namespace ${name} was deleted and made again after this delivery was queued: nothing more is applied. The new one has deliveries of its own.`,
    );
  }
  const same =
    labels[LABELS.managedBy] === MANAGED_BY &&
    labels[LABELS.component] === component &&
    annotations[ANNOTATIONS.ownerRef] === owner;
  if (!same) {
    throw new DeliveryFailure(
      `The namespace ${name} does not belong to the component "${component}" of ${owner} any more: nothing more is applied.`,
    );
  }
  return namespace;
}
