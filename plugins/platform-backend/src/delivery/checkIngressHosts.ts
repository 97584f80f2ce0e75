import { NotAllowedError } from '@backstage/errors';
import { ANNOTATIONS } from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import type { QueuedDelivery } from './DeliveryStore';
import { ingressHosts } from './findNetworkProblems';
import type { Manifest } from './parseManifests';

/** Refuses an Ingress for a host that an Ingress of another owner has already. @internal */
export async function checkIngressHosts(
  cluster: Cluster,
  manifests: readonly Manifest[],
  delivery: QueuedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const wanted = manifests.filter(({ object }) => object.kind === 'Ingress');
  if (wanted.length === 0) {
    return;
  }
  const foreign = await findForeignHosts(cluster, delivery, signal);
  for (const { file, object } of wanted) {
    const taken = ingressHosts(object).find(host =>
      foreign.some(other => overlap(host, other)),
    );
    if (taken) {
      throw new NotAllowedError(
        `${file}: Ingress "${object.metadata.name}" is refused: the host "${taken}" belongs to an Ingress of another team; choose another host, or ask the platform team whose it is.`,
      );
    }
  }
}

async function findForeignHosts(
  cluster: Cluster,
  { owner, namespace }: QueuedDelivery,
  signal: AbortSignal,
): Promise<string[]> {
  const [ingresses, namespaces] = await Promise.all([
    cluster.list(
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
      { signal },
    ),
    cluster.list({ apiVersion: 'v1', kind: 'Namespace' }, { signal }),
  ]);
  // The labels of an Ingress are its team's to write; those of a namespace are not.
  const ours = new Set([
    namespace,
    ...namespaces
      .filter(
        ({ metadata }) =>
          metadata.annotations?.[ANNOTATIONS.ownerRef] === owner,
      )
      .map(({ metadata }) => metadata.name),
  ]);
  return ingresses
    .filter(({ metadata }) => !ours.has(metadata.namespace ?? ''))
    .flatMap(ingressHosts);
}

/** Whether one request could be meant for both; `*` stands for one label. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map(each => each.toLowerCase().split('.'));
  return (
    a.length === b.length &&
    a.every(
      (label, index) => label === b[index] || label === '*' || b[index] === '*',
    )
  );
}
