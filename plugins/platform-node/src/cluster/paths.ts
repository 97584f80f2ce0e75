import { InputError } from '@backstage/errors';
import type { KubernetesObjectRef } from '@waymark/plugin-platform-common';
import type { ServedKind } from './Discovery';

/** One encoded part of a path; `.` and `..` would address something else. @internal */
export function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') {
    throw new InputError(`"${value}" is not a name in Kubernetes.`);
  }
  return encodeURIComponent(value);
}

/** `/api/v1` for the core group, `/apis/<group>/<version>` for the others. @internal */
export function groupVersionPath(apiVersion: string): string {
  const parts = apiVersion.split('/').map(segment);
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
  return `${collectionPath(ref, served)}/${segment(ref.name)}`;
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
