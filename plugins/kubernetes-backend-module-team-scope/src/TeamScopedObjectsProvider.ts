import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION,
  type ClusterObjects,
  type KubernetesFetchError,
  type KubernetesRequestAuth,
  type ObjectsByEntityResponse,
} from '@backstage/plugin-kubernetes-common';
import type {
  AuthenticationStrategy,
  CustomResourcesByEntity,
  KubernetesClustersSupplier,
  KubernetesFetcher,
  KubernetesObjectsByEntity,
  KubernetesObjectsProvider,
} from '@backstage/plugin-kubernetes-node';
import { checkCustomResources, checkEntity } from './checkQuery';
import { filterObjects } from './filterObjects';
import { namespaceOwners, type NamespaceOwners } from './namespaceOwners';
import { findViewer, type Viewer, type ViewerOptions } from './viewer';

/** What {@link TeamScopedObjectsProvider} takes. @internal */
export interface TeamScopeOptions extends ViewerOptions {
  readonly inner: KubernetesObjectsProvider;
  readonly fetcher: KubernetesFetcher;
  readonly clusterSupplier: KubernetesClustersSupplier;
  readonly authStrategy: AuthenticationStrategy;
  readonly logger: LoggerService;
}

interface Caller {
  readonly credentials: BackstageCredentials;
}

interface Query {
  readonly auth: KubernetesRequestAuth;
  /** Whether the answer says what was taken out. */
  readonly explained: boolean;
}

/**
 * Passes on what another provider finds, without what belongs to other teams.
 *
 * An entity chooses by its annotations which namespace and labels are asked for, and anybody may write an
 * entity: so it is the answer that is judged, object by object, by the owner of its namespace.
 * @internal
 */
export class TeamScopedObjectsProvider implements KubernetesObjectsProvider {
  readonly #options: TeamScopeOptions;

  constructor(options: TeamScopeOptions) {
    this.#options = options;
  }

  async getKubernetesObjectsByEntity(
    request: KubernetesObjectsByEntity,
    caller: Caller,
  ): Promise<ObjectsByEntityResponse> {
    checkEntity(request.entity);
    const response = await this.#options.inner.getKubernetesObjectsByEntity(
      request,
      caller,
    );
    // What is hidden is named only where the entity asked by its id: with a selector of somebody's choice the
    // answer would tell what labels other teams' objects have.
    const explained =
      !request.entity.metadata.annotations?.[
        KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION
      ];
    return this.#scoped(response, { auth: request.auth, explained }, caller);
  }

  async getCustomResourcesByEntity(
    request: CustomResourcesByEntity,
    caller: Caller,
  ): Promise<ObjectsByEntityResponse> {
    checkEntity(request.entity);
    checkCustomResources(request.customResources);
    const response = await this.#options.inner.getCustomResourcesByEntity(
      request,
      caller,
    );
    return this.#scoped(
      response,
      { auth: request.auth, explained: false },
      caller,
    );
  }

  async #scoped(
    response: ObjectsByEntityResponse,
    query: Query,
    caller: Caller,
  ): Promise<ObjectsByEntityResponse> {
    const viewer = await findViewer(caller.credentials, this.#options);
    const items = await Promise.all(
      response.items.map(item => this.#scopedItem(item, viewer, query, caller)),
    );
    return { items };
  }

  async #scopedItem(
    item: ClusterObjects,
    viewer: Viewer,
    { auth, explained }: Query,
    caller: Caller,
  ): Promise<ClusterObjects> {
    if (item.resources.every(({ resources }) => resources.length === 0)) {
      return { ...item, errors: item.errors.map(readable(item)) };
    }
    const owners =
      viewer.sees === 'everything'
        ? new Map<string, string>()
        : await this.#owners(item.cluster.name, auth, caller);
    if (!owners) {
      const message =
        'Nothing is shown, as the owners of its namespaces could not be read. Try again shortly.';
      return {
        ...item,
        resources: [],
        podMetrics: [],
        errors: [...item.errors, { errorType: 'FETCH_ERROR', message }],
      };
    }
    const { objects, hidden } = filterObjects(item, viewer, owners);
    const explanations = [...(explained ? hidden : [])].map(
      ([namespace, owner]) => ({
        errorType: 'FETCH_ERROR' as const,
        message: explain(namespace, owner),
      }),
    );
    return { ...objects, errors: [...objects.errors, ...explanations] };
  }

  async #owners(
    clusterName: string,
    auth: KubernetesRequestAuth,
    caller: Caller,
  ): Promise<NamespaceOwners | undefined> {
    const { clusterSupplier, authStrategy, fetcher, logger } = this.#options;
    try {
      const clusters = await clusterSupplier.getClusters(caller);
      const clusterDetails = clusters.find(each => each.name === clusterName);
      if (!clusterDetails) {
        return undefined;
      }
      const credential = await authStrategy.getCredential(clusterDetails, auth);
      return await namespaceOwners({ fetcher, clusterDetails, credential });
    } catch (error) {
      logger.warn(
        `The owners of the namespaces of the cluster "${clusterName}" could not be read: ${error}`,
      );
      return undefined;
    }
  }
}

/** The client's words for a cluster that does not answer hold its address, and say nothing that helps. */
function readable(item: ClusterObjects) {
  return (error: KubernetesFetchError): KubernetesFetchError =>
    error.errorType === 'FETCH_ERROR'
      ? {
          errorType: 'FETCH_ERROR',
          message: `The cluster "${item.cluster.name}" does not answer. The home page shows how it is doing; try again when it is ready.`,
        }
      : error;
}

function explain(namespace: string, owner: string | undefined): string {
  if (!owner) {
    return `What is in the namespace "${namespace}" is not shown: it belongs to no team.`;
  }
  const { name } = parseEntityRef(owner, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  return `The namespace "${namespace}" belongs to ${name}: only its members see what is in it.`;
}
