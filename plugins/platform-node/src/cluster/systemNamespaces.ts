import { NotAllowedError } from '@backstage/errors';
import { SYSTEM_NAMESPACE } from '@waymark/plugin-platform-common';

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
