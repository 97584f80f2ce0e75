import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  type Delivery,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type {
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import type { DeliveryStore } from './DeliveryStore';
import { Rollouts } from './Rollouts';

type Trigger = Delivery['trigger'];

/** What {@link DeliveryService} takes. @internal */
export interface DeliveryServiceOptions {
  readonly store: DeliveryStore;
  readonly clusters: ClusterService;
  readonly git: GitProvider;
  readonly logger: LoggerService;
  /** Called when there is work. */
  readonly wake: () => void;
}

/** Decides which revision goes to which namespace. @internal */
export class DeliveryService {
  readonly #options: DeliveryServiceOptions;

  constructor(options: DeliveryServiceOptions) {
    this.#options = options;
  }

  /** Delivers the head of a repository to every namespace of its component. */
  async deliverRepository(repository: {
    owner: string;
    repo: string;
  }): Promise<void> {
    const namespaces = await this.#namespaces(
      `${LABELS.component}=${repository.repo}`,
    );
    const targets = namespaces
      .map(toTarget)
      .filter(
        target =>
          target?.repository === `${repository.owner}/${repository.repo}`,
      );
    const rollouts = new Rollouts();
    for (const target of targets) {
      await this.#deliverTo(target, 'push', rollouts);
    }
  }

  /** Delivers the head of the component's repository to one namespace; undefined where there is nothing to deliver. */
  async deliverNamespace(
    namespace: KubernetesObject,
    trigger: Trigger,
  ): Promise<Delivery | undefined> {
    return this.#deliverTo(toTarget(namespace), trigger);
  }

  /** Finds what was missed, as a push while the portal was down. */
  async reconcile(): Promise<void> {
    const namespaces = await this.#namespaces(LABELS.component);
    const rollouts = new Rollouts();
    for (const namespace of namespaces) {
      await this.#deliverTo(toTarget(namespace), 'reconcile', rollouts);
    }
  }

  async #namespaces(selector: string): Promise<KubernetesObject[]> {
    const found = await Promise.all(
      this.#options.clusters.list().map(cluster =>
        cluster.list({
          apiVersion: 'v1',
          kind: 'Namespace',
          labelSelector: `${LABELS.managedBy}=${MANAGED_BY},${selector}`,
        }),
      ),
    );
    return found.flat();
  }

  async #deliverTo(
    target: Target | undefined,
    trigger: Trigger,
    rollouts?: Rollouts,
  ): Promise<Delivery | undefined> {
    const { store, git, wake, logger } = this.#options;
    if (!target) {
      return undefined;
    }
    const [owner, name] = target.repository.split('/');
    const head = await git.head({ owner, name });
    if (!head) {
      return undefined;
    }
    const latest = await store.latest(target.namespace);
    const same =
      latest?.revision === head.sha &&
      latest.namespaceUid === target.namespaceUid;
    const settled = latest?.status !== 'failed' || trigger === 'reconcile';
    if (latest && same && settled && trigger !== 'manual') {
      return latest;
    }
    const delivery = await store.enqueue({
      ...target,
      revision: head.sha,
      trigger,
      rolloutId: rollouts?.of(target.repository, head.sha),
    });
    logger.info(
      `Queued ${head.sha.slice(0, 7)} of ${target.repository} for ${
        target.namespace
      } (${trigger})`,
    );
    wake();
    return delivery;
  }
}

interface Target {
  readonly namespace: string;
  readonly namespaceUid: string;
  readonly component: string;
  readonly owner: string;
  readonly environment?: string;
  readonly repository: string;
}

/** Where a namespace gets its revisions from: the repository of its owner that is named like its component. */
function toTarget({ metadata }: KubernetesObject): Target | undefined {
  const { labels = {}, annotations = {} } = metadata;
  const component = labels[LABELS.component];
  const owner = annotations[ANNOTATIONS.ownerRef];
  const group = owner?.match(/^group:default\/([^/:]+)$/)?.[1];
  const ours = labels[LABELS.managedBy] === MANAGED_BY;
  if (!ours || !component || !group || metadata.deletionTimestamp) {
    return undefined;
  }
  return {
    namespace: metadata.name,
    namespaceUid: metadata.uid ?? '',
    component,
    owner,
    environment: labels[LABELS.environment],
    repository: `${group}/${component}`,
  };
}
