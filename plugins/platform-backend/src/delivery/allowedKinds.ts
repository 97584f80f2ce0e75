import type { KubernetesObject } from '@waymark/plugin-platform-common';

/** What a repository may bring, by API group. */
const ALLOWED_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    '',
    [
      'ConfigMap',
      'PersistentVolumeClaim',
      'Pod',
      'ReplicationController',
      'Service',
      'ServiceAccount',
    ],
  ],
  ['apps', ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']],
  ['autoscaling', ['HorizontalPodAutoscaler']],
  ['batch', ['CronJob', 'Job']],
  ['networking.k8s.io', ['Ingress']],
  ['policy', ['PodDisruptionBudget']],
]);

const SIZE = 'the size of the namespace decides it';
const RIGHTS = 'rights are given by the platform, not by a repository';

const REASONS: ReadonlyMap<string, string> = new Map([
  [
    'Secret',
    'everybody who is signed in can read the repository, so a Secret does not belong there; create it in the namespace instead',
  ],
  ['ResourceQuota', SIZE],
  ['LimitRange', SIZE],
  [
    'NetworkPolicy',
    'the network policies of a namespace belong to the platform; ask the platform team for another rule',
  ],
  ['Role', RIGHTS],
  ['RoleBinding', RIGHTS],
  ['ClusterRole', RIGHTS],
  ['ClusterRoleBinding', RIGHTS],
  ['List', 'write its items as documents of their own, separated by ---'],
]);

/** Kinds with the versions that clusters serve them in, newest first. @internal */
export const LEFTOVER_KINDS: readonly {
  readonly kind: string;
  readonly apiVersions: readonly string[];
}[] = [
  { kind: 'Deployment', apiVersions: ['apps/v1'] },
  { kind: 'StatefulSet', apiVersions: ['apps/v1'] },
  { kind: 'DaemonSet', apiVersions: ['apps/v1'] },
  { kind: 'ReplicaSet', apiVersions: ['apps/v1'] },
  { kind: 'CronJob', apiVersions: ['batch/v1', 'batch/v1beta1'] },
  { kind: 'Job', apiVersions: ['batch/v1'] },
  { kind: 'Pod', apiVersions: ['v1'] },
  { kind: 'ReplicationController', apiVersions: ['v1'] },
  { kind: 'Service', apiVersions: ['v1'] },
  {
    kind: 'Ingress',
    apiVersions: ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1'],
  },
  { kind: 'ConfigMap', apiVersions: ['v1'] },
  { kind: 'PersistentVolumeClaim', apiVersions: ['v1'] },
  { kind: 'ServiceAccount', apiVersions: ['v1'] },
  {
    kind: 'HorizontalPodAutoscaler',
    apiVersions: ['autoscaling/v2', 'autoscaling/v1'],
  },
  { kind: 'PodDisruptionBudget', apiVersions: ['policy/v1', 'policy/v1beta1'] },
];

/** Says why a repository may not bring an object of this kind; undefined where it may. @internal */
export function findKindProblem({
  apiVersion,
  kind,
}: KubernetesObject): string | undefined {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  if (ALLOWED_KINDS.get(group)?.includes(kind)) {
    return undefined;
  }
  const all = [...ALLOWED_KINDS].map(
    ([name, kinds]) => `${kinds.join(', ')} (${name || 'v1'})`,
  );
  return (
    REASONS.get(kind) ??
    `a repository may bring ${all.join(
      ', ',
    )}; cluster-scoped and all other kinds come from the platform team`
  );
}
