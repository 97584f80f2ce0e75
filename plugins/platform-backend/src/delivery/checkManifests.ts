import { NotAllowedError } from '@backstage/errors';
import { asRecord, podTemplateOf } from './podTemplates';
import type { Manifest } from './parseManifests';

/** Names that start like this are the guards of the namespace itself. */
const GUARD_PREFIX = 'waymark-';

const REFUSED_KINDS: Record<string, string> = {
  Secret:
    'everybody who is signed in can read the repository, so a Secret does not belong there; create it in the namespace instead',
  ResourceQuota: 'the size of the namespace decides it',
  LimitRange: 'the size of the namespace decides it',
  List: 'write its items as documents of their own, separated by ---',
};

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
  const problems = manifests.flatMap(manifest => {
    const problem = findProblem(manifest, namespace);
    const { kind, metadata } = manifest.object;
    return problem
      ? [`${manifest.file}: ${kind} "${metadata.name}" is refused: ${problem}.`]
      : [];
  });
  if (problems.length) {
    throw new NotAllowedError(problems.join(' '));
  }
}

function findProblem(
  { object }: Manifest,
  namespace: string,
): string | undefined {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion.startsWith('rbac.authorization.k8s.io/')) {
    return 'rights are given by the platform, not by a repository';
  }
  if (REFUSED_KINDS[kind]) {
    return REFUSED_KINDS[kind];
  }
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    return `it names the namespace "${metadata.namespace}" and is delivered to "${namespace}"; leave metadata.namespace out`;
  }
  if (metadata.name.startsWith(GUARD_PREFIX)) {
    return `names that start with "${GUARD_PREFIX}" belong to the platform; choose another name`;
  }
  const account = asRecord(podTemplateOf(object)?.spec)?.serviceAccountName;
  if (typeof account === 'string' && account.startsWith(GUARD_PREFIX)) {
    return `its pods ask for the platform's account "${account}"; use an account of your own`;
  }
  return undefined;
}
