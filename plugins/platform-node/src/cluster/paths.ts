import { InputError } from '@backstage/errors';
import type { KubernetesObjectRef } from '@waymark/plugin-platform-common';
import type { ServedKind } from './Discovery';

/** RFC 1123 subdomain, as most names are. */
const NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** Names of roles and bindings may be any part of a path, as in `system:node`. */
const RBAC_NAME = /^(?!\.{1,2}$)[A-Za-z0-9:._-]+$/;
const RBAC_GROUP = 'rbac.authorization.k8s.io/';
const MAX_LENGTH = 253;

/**
 * One part of a path. Encoding would not do: the API server decodes `%2F`
 * before it looks at the path, so anything but a name is refused.
 * @internal
 */
export function segment(value: string, pattern: RegExp = NAME): string {
  if (value.length > MAX_LENGTH || !pattern.test(value)) {
    throw new InputError(
      `"${value.slice(
        0,
        MAX_LENGTH,
      )}" is not a name in Kubernetes: lower-case letters, digits, "-" and "." are allowed, and a letter or digit stands at each end.`,
    );
  }
  return encodeURIComponent(value);
}

/** `/api/v1` for the core group, `/apis/<group>/<version>` for the others. @internal */
export function groupVersionPath(apiVersion: string): string {
  const parts = apiVersion.split('/').map(part => segment(part));
  if (parts.length > 2) {
    throw new InputError(
      `"${apiVersion}" is not an apiVersion: write <version> or <group>/<version>, as in apps/v1.`,
    );
  }
  return parts.length === 1 ? `/api/${parts[0]}` : `/apis/${parts.join('/')}`;
}

/** The path of all objects of a kind, in one namespace where one is given. @internal */
export function collectionPath(
  ref: { apiVersion: string; namespace?: string },
  served: ServedKind,
): string {
  const inNamespace =
    served.namespaced && ref.namespace
      ? `/namespaces/${segment(ref.namespace)}`
      : '';
  return `${groupVersionPath(ref.apiVersion)}${inNamespace}/${served.plural}`;
}

/** The path of one object. @internal */
export function objectPath(
  ref: KubernetesObjectRef,
  served: ServedKind,
): string {
  if (served.namespaced && !ref.namespace) {
    throw new InputError(`The ${ref.kind} "${ref.name}" has no namespace.`);
  }
  const pattern = ref.apiVersion.startsWith(RBAC_GROUP) ? RBAC_NAME : NAME;
  return `${collectionPath(ref, served)}/${segment(ref.name, pattern)}`;
}

/** An object or kind in words, as in `Deployment "web" in namespace "web-development"`. @internal */
export function describe(ref: {
  kind: string;
  name?: string;
  namespace?: string;
}): string {
  const named = ref.name ? `${ref.kind} "${ref.name}"` : ref.kind;
  return ref.namespace ? `${named} in namespace "${ref.namespace}"` : named;
}
