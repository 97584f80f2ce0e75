import { NotAllowedError } from '@backstage/errors';
import type { KubernetesObject } from '@waymark/plugin-platform-common';
import { findKindProblem } from './allowedKinds';
import { findNetworkProblems } from './findNetworkProblems';
import { findPodProblems } from './findPodProblems';
import type { Manifest } from './parseManifests';
import { asRecord, podTemplateOf } from './podTemplates';

/** Names that start like this are the guards of the namespace itself. */
const GUARD_PREFIX = 'waymark-';

/**
 * Refuses what a repository may not bring, whatever its account could do.
 * Cluster-scoped kinds and foreign namespaces are refused again where the
 * objects are applied.
 * @internal
 */
export function checkManifests(
  manifests: readonly Manifest[],
  namespace: string,
): void {
  const problems = manifests.flatMap(({ file, object }) => {
    const found = findProblems(object, namespace);
    return found.length
      ? [
          `${file}: ${object.kind} "${
            object.metadata.name
          }" is refused: ${found.join('; ')}.`,
        ]
      : [];
  });
  if (problems.length) {
    throw new NotAllowedError(problems.join(' '));
  }
}

function findProblems(object: KubernetesObject, namespace: string): string[] {
  const { name, namespace: given } = object.metadata;
  const kind = findKindProblem(object);
  if (kind) {
    return [kind];
  }
  return [
    ...(given !== undefined && given !== namespace
      ? [
          `it names the namespace "${given}" and is delivered to "${namespace}"; leave metadata.namespace out`,
        ]
      : []),
    ...(name.startsWith(GUARD_PREFIX)
      ? [
          `names that start with "${GUARD_PREFIX}" belong to the platform; choose another name`,
        ]
      : []),
    ...findAccountProblems(object),
    ...findPodProblems(object),
    ...findNetworkProblems(object),
  ];
}

/** `serviceAccount` is the old name of the field, and still works. */
function findAccountProblems(object: KubernetesObject): string[] {
  const spec = asRecord(podTemplateOf(object)?.spec) ?? {};
  return ['serviceAccountName', 'serviceAccount']
    .filter(field => String(spec[field] ?? '').startsWith(GUARD_PREFIX))
    .map(
      field =>
        `its pods ask for the platform's account "${String(
          spec[field],
        )}" in ${field}; use an account of your own`,
    );
}
