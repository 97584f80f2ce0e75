import {
  ANNOTATIONS,
  LABELS,
  type DeploymentStatus,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { assessWorkload } from './assessWorkload';
import type { DeliveryStore } from './DeliveryStore';
import { asRecord } from './podTemplates';

/** Says how a component is doing in a namespace. @internal */
export class DeploymentStatusService {
  readonly #store: DeliveryStore;
  readonly #delivers: boolean;

  constructor(options: { store: DeliveryStore; delivers: boolean }) {
    this.#store = options.store;
    this.#delivers = options.delivers;
  }

  async status(
    cluster: Cluster,
    namespace: KubernetesObject,
    component: string,
  ): Promise<DeploymentStatus> {
    const { name } = namespace.metadata;
    const latest = this.#delivers ? await this.#store.latest(name) : undefined;
    const delivery =
      latest?.namespaceUid === namespace.metadata.uid ? latest : undefined;
    const deployments = await cluster.list({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: name,
      labelSelector: `${LABELS.kubernetesId}=${component}`,
    });
    return {
      namespace: name,
      component,
      local: cluster.local,
      ...judge(name, component, deployments, delivery),
      revision: deployments
        .map(each => each.metadata.annotations?.[ANNOTATIONS.revision])
        .find(Boolean),
      url: await findUrl(cluster, name, component),
      delivery: delivery && {
        id: delivery.id,
        status: delivery.status,
        revision: delivery.revision,
        message: delivery.message,
        createdAt: delivery.createdAt,
      },
    };
  }
}

function judge(
  namespace: string,
  component: string,
  deployments: readonly KubernetesObject[],
  delivery: DeploymentStatus['delivery'],
): Pick<DeploymentStatus, 'state' | 'message'> {
  if (delivery?.status === 'failed') {
    return {
      state: 'failed',
      message: delivery.message ?? 'The delivery failed.',
    };
  }
  const assessed = deployments.map(assessWorkload);
  const decisive =
    assessed.find(each => each.state === 'failed') ??
    assessed.find(each => each.state === 'progressing');
  if (decisive) {
    return decisive;
  }
  if (delivery && delivery.status !== 'succeeded') {
    return {
      state: 'progressing',
      message: [
        `Revision ${delivery.revision.slice(0, 7)} is being delivered`,
        delivery.message,
      ]
        .filter(Boolean)
        .join(': '),
    };
  }
  return (
    assessed[0] ?? {
      state: 'absent',
      message: `${namespace} has no Deployment with the label ${LABELS.kubernetesId}=${component} yet`,
    }
  );
}

async function findUrl(
  cluster: Cluster,
  namespace: string,
  component: string,
): Promise<string | undefined> {
  const ingresses = await cluster.list({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    namespace,
    labelSelector: `${LABELS.kubernetesId}=${component}`,
  });
  for (const ingress of ingresses) {
    const spec = asRecord(ingress.spec);
    const rules = Array.isArray(spec?.rules) ? spec.rules : [];
    const host = rules.map(rule => asRecord(rule)?.host).find(Boolean);
    if (typeof host === 'string') {
      const secure = Array.isArray(spec?.tls) && spec.tls.length > 0;
      return `${secure ? 'https' : 'http'}://${host}`;
    }
  }
  return undefined;
}
