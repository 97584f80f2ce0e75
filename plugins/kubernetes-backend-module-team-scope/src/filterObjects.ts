import type {
  ClusterObjects,
  FetchResponse,
} from '@backstage/plugin-kubernetes-common';
import type { NamespaceOwners } from './namespaceOwners';
import type { Viewer } from './viewer';

/** What is left of a cluster's answer, and whose objects were taken out. @internal */
export interface FilteredObjects {
  readonly objects: ClusterObjects;
  /** The owners of namespaces with objects that the viewer does not see, by name of namespace. */
  readonly hidden: ReadonlyMap<string, string | undefined>;
}

interface Resource {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly namespace?: string };
}

/**
 * Leaves what lives in namespaces that the viewer may see. Secrets and cluster-scoped objects are taken out
 * for everybody.
 * @internal
 */
export function filterObjects(
  objects: ClusterObjects,
  viewer: Viewer,
  owners: NamespaceOwners,
): FilteredObjects {
  const hidden = new Map<string, string | undefined>();
  const visible = (resource: Resource | undefined): boolean => {
    const namespace = resource?.metadata?.namespace;
    if (!namespace) {
      return false;
    }
    const owner = owners.get(namespace);
    const sees =
      viewer.sees === 'everything' ||
      (owner !== undefined && viewer.owners.has(owner));
    if (!sees) {
      hidden.set(namespace, owner);
    }
    return sees;
  };
  const resources = objects.resources
    .filter(response => response.type !== 'secrets')
    .map(
      response =>
        ({
          ...response,
          resources: (response.resources as Resource[]).filter(
            resource => !isSecret(resource) && visible(resource),
          ),
        } as FetchResponse),
    );
  const podMetrics = objects.podMetrics.filter(({ pod }) =>
    visible(pod as Resource),
  );
  return { objects: { ...objects, resources, podMetrics }, hidden };
}

function isSecret({ kind }: Resource): boolean {
  return kind === 'Secret' || kind === 'SecretList';
}
