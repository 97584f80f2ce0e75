import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  isEnvironment,
  normalizeOwner,
  type Delivery,
  type DeliveryDetail,
  type DeploymentStatus,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster, ClusterService } from '@waymark/plugin-platform-node';
import type { Caller } from '../Caller';
import type { DeliveryService } from './DeliveryService';
import type { DeliveryStore } from './DeliveryStore';
import type { DeploymentStatusService } from './DeploymentStatusService';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What {@link DeliveryAccess} takes. @internal */
export interface DeliveryAccessOptions {
  readonly store: DeliveryStore;
  readonly clusters: ClusterService;
  readonly service: DeliveryService;
  readonly statuses: DeploymentStatusService;
  /** Whether local delivery is on. */
  readonly delivers: boolean;
}

/** Deliveries and rollouts, as far as they concern the caller's own teams. @internal */
export class DeliveryAccess {
  readonly #options: DeliveryAccessOptions;

  constructor(options: DeliveryAccessOptions) {
    this.#options = options;
  }

  async list(
    filter: {
      namespace?: string;
      component?: string;
      owner?: string;
      limit: number;
    },
    caller: Caller,
  ): Promise<Delivery[]> {
    const { owner, ...rest } = filter;
    const asked = owner && normalizeOwner(owner);
    if (owner && !asked) {
      throw new InputError(`owner: "${owner}" is not a group.`);
    }
    let owners = asked ? [asked] : undefined;
    if (!caller.seesEverything) {
      owners = caller.teams.filter(team => !asked || team === asked);
    }
    return this.#options.store.list({ ...rest, owners });
  }

  async get(id: string, caller: Caller): Promise<DeliveryDetail> {
    const found = ID.test(id) ? await this.#options.store.get(id) : undefined;
    if (!found || !mayConcern(caller, found.owner)) {
      throw new NotFoundError(
        `There is no delivery ${id}, or it belongs to another team.`,
      );
    }
    return found;
  }

  async create(
    wanted: { namespace: string; retry?: boolean },
    caller: Caller,
  ): Promise<Delivery | undefined> {
    const { namespace } = await this.#find(wanted.namespace, caller);
    return this.#options.delivers
      ? this.#options.service.deliverNamespace(
          namespace,
          wanted.retry ? 'manual' : 'namespace',
        )
      : undefined;
  }

  async status(
    name: string,
    component: string,
    caller: Caller,
  ): Promise<DeploymentStatus> {
    const { cluster, namespace } = await this.#find(name, caller);
    return this.#options.statuses.status(cluster, namespace, component);
  }

  /** A namespace of the caller's teams. */
  async #find(
    name: string,
    caller: Caller,
  ): Promise<{ cluster: Cluster; namespace: KubernetesObject }> {
    for (const cluster of this.#options.clusters.list()) {
      const namespace = await cluster.get({
        apiVersion: 'v1',
        kind: 'Namespace',
        name,
      });
      if (namespace && this.#serves(cluster, namespace)) {
        const owner = namespace.metadata.annotations?.[ANNOTATIONS.ownerRef];
        if (!mayConcern(caller, owner)) {
          throw new NotAllowedError(
            `The namespace "${name}" belongs to ${owner}, and you are not in it.`,
          );
        }
        return { cluster, namespace };
      }
    }
    throw new NotFoundError(
      `There is no namespace "${name}" that Waymark made. Create it first.`,
    );
  }

  #serves(cluster: Cluster, namespace: KubernetesObject): boolean {
    const { labels = {} } = namespace.metadata;
    const environment = labels[LABELS.environment];
    return (
      labels[LABELS.managedBy] === MANAGED_BY &&
      isEnvironment(environment) &&
      this.#options.clusters.forEnvironment(environment).name === cluster.name
    );
  }
}

function mayConcern(caller: Caller, owner: string | undefined): boolean {
  return (
    caller.seesEverything ||
    (owner !== undefined && caller.teams.includes(owner))
  );
}
