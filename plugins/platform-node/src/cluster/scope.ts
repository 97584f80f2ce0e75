import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  KubernetesObject,
  KubernetesObjectRef,
} from '@waymark/plugin-platform-common';
import type { ApplyOptions } from './Cluster';
import type { ServedKind } from './Discovery';
import { describe } from './paths';

/**
 * Where an object goes; what a service's own account brings stays in its namespace.
 *
 * Throws a NotAllowedError for what would leave it, an InputError for an object without an address.
 * @internal
 */
export function scope(
  object: KubernetesObject,
  served: ServedKind,
  { as }: Pick<ApplyOptions, 'as'>,
): KubernetesObjectRef {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace = as?.namespace } = metadata;
  const ref = { apiVersion, kind, name, namespace };
  if (!name) {
    throw new InputError(`A ${kind} has no metadata.name.`);
  }
  if (as && !served.namespaced) {
    throw new NotAllowedError(
      `${kind} "${name}" is cluster-scoped: a service brings only what lives in its own namespace. Ask the platform team for it.`,
    );
  }
  if (as && namespace !== as.namespace) {
    throw new NotAllowedError(
      `${describe(ref)} is not in the service's own namespace "${
        as.namespace
      }". Leave metadata.namespace out.`,
    );
  }
  if (served.namespaced && !namespace) {
    throw new InputError(`The ${kind} "${name}" has no metadata.namespace.`);
  }
  return served.namespaced ? ref : { apiVersion, kind, name };
}

/** Some kinds want the namespace in the body as well as in the path. @internal */
export function inNamespace(
  object: KubernetesObject,
  namespace: string | undefined,
): KubernetesObject {
  return namespace === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } };
}
