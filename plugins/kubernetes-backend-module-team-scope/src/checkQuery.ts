import type { Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { CustomResourceMatcher } from '@backstage/plugin-kubernetes-common';

const NAMESPACE_ANNOTATION = 'backstage.io/kubernetes-namespace';
/** RFC 1123, section 2.1: what the API's names are made of. A slash in one would address something else. */
const NAME =
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Throws an InputError where an entity's annotation cannot name a namespace. @internal */
export function checkEntity(entity: Entity | undefined): void {
  if (!entity?.metadata) {
    throw new InputError('The request names no entity.');
  }
  const namespace = entity.metadata.annotations?.[NAMESPACE_ANNOTATION];
  if (namespace !== undefined && !NAME.test(namespace)) {
    throw new InputError(
      `The annotation ${NAMESPACE_ANNOTATION} of "${entity.metadata.name}" is not the name of a namespace. Correct it in catalog-info.yaml.`,
    );
  }
}

/** Throws an InputError or NotAllowedError for kinds that cannot be, or are not, shown. @internal */
export function checkCustomResources(
  customResources: readonly CustomResourceMatcher[],
): void {
  for (const { group, apiVersion, plural } of customResources) {
    const wellFormed =
      (group === '' || isName(group)) && isName(apiVersion) && isName(plural);
    if (!wellFormed) {
      throw new InputError(
        'A custom resource has group, apiVersion and plural, as in {"group": "argoproj.io", "apiVersion": "v1alpha1", "plural": "rollouts"}.',
      );
    }
    if (group === '' && plural === 'secrets') {
      throw new NotAllowedError('The portal shows no Secret.');
    }
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && NAME.test(value);
}
