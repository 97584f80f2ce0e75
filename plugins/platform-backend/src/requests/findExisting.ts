import { isError } from '@backstage/errors';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ANNOTATIONS,
  DEFAULT_ENVIRONMENT,
  ENVIRONMENTS,
  LABELS,
  MANAGED_BY,
  serviceNamespace,
  type ExistingResource,
  type KubernetesObject,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import type { RequestServiceOptions } from './RequestService';

/** A repository does not wait long for a cluster that does not answer. */
const LOOK_MS = 3_000;

/** What has a requested name already. @internal */
export interface Findings {
  readonly existing: readonly ExistingResource[];
  /** Says why nobody could look. */
  readonly unchecked?: string;
  /** Namespace: the live object, and the cluster where that answers. */
  readonly namespace?: KubernetesObject;
  readonly cluster?: Cluster;
}

/** Looks where the name could be taken: catalog and Git host, or the cluster. @internal */
export async function findExisting(
  request: PlatformRequest,
  ownerRef: string | undefined,
  options: RequestServiceOptions,
): Promise<Findings> {
  return request.kind === 'Namespace'
    ? findNamespace(request, options)
    : findRepository(request, ownerRef, options);
}

async function findNamespace(
  request: PlatformRequest,
  options: RequestServiceOptions,
): Promise<Findings> {
  try {
    const cluster = options.clusters.forEnvironment(
      request.environment ?? DEFAULT_ENVIRONMENT,
    );
    const namespace = await cluster.get({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: request.name,
    });
    return {
      cluster,
      namespace,
      existing: namespace ? [describeNamespace(namespace)] : [],
    };
  } catch (error) {
    return { existing: [], unchecked: reason(error) };
  }
}

function describeNamespace(namespace: KubernetesObject): ExistingResource {
  const { name, labels = {}, annotations = {} } = namespace.metadata;
  const managed = labels[LABELS.managedBy] === MANAGED_BY;
  return {
    what: 'namespace',
    ref: name,
    managed,
    owner: managed ? annotations[ANNOTATIONS.ownerRef] : undefined,
    component: labels[LABELS.component],
    environment: labels[LABELS.environment],
    terminating: namespace.metadata.deletionTimestamp !== undefined,
  };
}

async function findRepository(
  request: PlatformRequest,
  ownerRef: string | undefined,
  options: RequestServiceOptions,
): Promise<Findings> {
  const { auth, catalog, git } = options;
  const existing: ExistingResource[] = [];
  let unchecked: string | undefined;
  // With the portal's own eyes: a name is taken also by what the caller may not see.
  const component = await catalog.getEntityByRef(
    { kind: 'component', namespace: 'default', name: request.name },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  if (component) {
    existing.push({
      what: 'component',
      ref: stringifyEntityRef(component),
      owner: component.relations?.find(each => each.type === RELATION_OWNED_BY)
        ?.targetRef,
      managed: true,
    });
  }
  try {
    const located =
      ownerRef && git.locate({ owner: ownerRef, name: request.name });
    const repository = located && (await git.find(located));
    if (located && repository) {
      existing.push({
        what: 'repository',
        ref: `${located.owner}/${located.name}`,
        owner: repository.owner,
        managed: true,
      });
    }
  } catch (error) {
    unchecked = reason(error);
  }
  existing.push(...(await foreignNamespaces(request, ownerRef, options)));
  return { existing, unchecked };
}

/** A service whose namespaces somebody else has would stop half-way. */
async function foreignNamespaces(
  request: PlatformRequest,
  ownerRef: string | undefined,
  { clusters }: RequestServiceOptions,
): Promise<ExistingResource[]> {
  const looks = ENVIRONMENTS.map(async environment => {
    const namespace = await clusters.forEnvironment(environment).get(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        name: serviceNamespace(request.name, environment),
      },
      { signal: AbortSignal.timeout(LOOK_MS) },
    );
    const found = namespace && describeNamespace(namespace);
    return found && found.owner !== ownerRef ? [found] : [];
  });
  // Without a cluster a repository can be had all the same.
  const found = await Promise.allSettled(looks);
  return found.flatMap(each => (each.status === 'fulfilled' ? each.value : []));
}

function reason(error: unknown): string {
  return isError(error) ? error.message : 'no reason given';
}
