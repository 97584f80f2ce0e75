import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterDetails,
  KubernetesCredential,
  KubernetesFetcher,
} from '@backstage/plugin-kubernetes-node';
import {
  ANNOTATIONS,
  LABELS,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';

/** Entity references of owning groups, in lower case, by name of namespace. @internal */
export type NamespaceOwners = ReadonlyMap<string, string>;

/**
 * Who owns the namespaces of a cluster, as they say themselves: only the platform's account may write these
 * labels. A namespace that names no owner is not among them.
 * @internal
 */
export async function namespaceOwners(options: {
  readonly fetcher: KubernetesFetcher;
  readonly clusterDetails: ClusterDetails;
  readonly credential: KubernetesCredential;
}): Promise<NamespaceOwners> {
  const { responses, errors } = await options.fetcher.fetchObjectsForService({
    ...options,
    serviceId: 'namespaces',
    objectTypesToFetch: new Set(),
    customResources: [
      {
        group: '',
        apiVersion: 'v1',
        plural: 'namespaces',
        objectType: 'customresources',
      },
    ],
    labelSelector: LABELS.owner,
  });
  if (errors.length > 0) {
    throw new ServiceUnavailableError(
      'The owners of the namespaces could not be read.',
    );
  }
  const namespaces = responses.flatMap(
    response => response.resources as unknown as KubernetesObject[],
  );
  return new Map(
    namespaces.map(({ metadata }) => [metadata.name, ownerOf(metadata)]),
  );
}

function ownerOf({
  annotations,
  labels,
}: KubernetesObject['metadata']): string {
  const ref =
    annotations?.[ANNOTATIONS.ownerRef] ??
    `group:default/${labels?.[LABELS.owner]}`;
  return ref.toLocaleLowerCase('en-US');
}
