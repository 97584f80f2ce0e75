import { NotAllowedError } from '@backstage/errors';
import {
  SYSTEM_NAMESPACE,
  type KubernetesObjectRef,
} from '@waymark/plugin-platform-common';
import type { ServedKind } from './Discovery';

/** Whether a namespace belongs to the cluster or the platform itself. @public */
export function isSystemNamespace(name: string): boolean {
  return (
    name === 'default' || name === SYSTEM_NAMESPACE || name.startsWith('kube-')
  );
}

/** Throws a NotAllowedError for a {@link isSystemNamespace | system namespace}. @internal */
export function refuseSystemNamespace(name: string | undefined): void {
  if (name !== undefined && isSystemNamespace(name)) {
    throw new NotAllowedError(
      `The namespace "${name}" belongs to the cluster itself: Waymark changes nothing in it. Choose another name.`,
    );
  }
}

/** As {@link refuseSystemNamespace}, for what is in the namespace or is it. @internal */
export function refuseSystemObject(
  ref: KubernetesObjectRef,
  served: ServedKind,
): void {
  if (served.namespaced) {
    refuseSystemNamespace(ref.namespace);
  } else if (ref.apiVersion === 'v1' && ref.kind === 'Namespace') {
    refuseSystemNamespace(ref.name);
  }
}
