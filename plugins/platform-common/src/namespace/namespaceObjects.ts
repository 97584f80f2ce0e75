import {
  ANNOTATIONS,
  DELIVERY_SERVICE_ACCOUNT,
  LABELS,
  MANAGED_BY,
} from '../constants';
import { ownerName } from '../owner';
import type { Size } from '../sizes';
import type { KubernetesObject } from '../types';
import { networkPolicySpecs } from './networkPolicies';
import type { NamespaceOptions } from './options';
import { bytesQuantity, cpuQuantity } from './quantity';

const RBAC = 'rbac.authorization.k8s.io';

/** The manifests of a guarded namespace, in the order in which they are applied. @public */
export function namespaceObjects(
  options: NamespaceOptions,
): KubernetesObject[] {
  const { name: namespace, owner, settings, size } = options;
  const labels = objectLabels(options);
  const annotations = {
    [ANNOTATIONS.ownerRef]: owner,
    [ANNOTATIONS.size]: options.sizeName,
  };
  const metadata = (name: string) => ({ name, namespace, labels, annotations });
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { ...labels, ...podSecurityLabels() },
        annotations,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: metadata('waymark-quota'),
      spec: { hard: quota(size) },
    },
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: metadata('waymark-limits'),
      spec: { limits: [containerLimits(size)] },
    },
    ...networkPolicySpecs(settings).map(({ name, spec }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata(name),
      spec,
    })),
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: metadata('waymark-owner'),
      roleRef: clusterRole(settings.ownerClusterRole),
      subjects: [
        {
          apiGroup: RBAC,
          kind: 'Group',
          name: settings.groupNames[owner] ?? owner,
        },
      ],
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(DELIVERY_SERVICE_ACCOUNT),
      // Pods have no business with this account.
      automountServiceAccountToken: false,
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: metadata(DELIVERY_SERVICE_ACCOUNT),
      roleRef: clusterRole(settings.deliveryClusterRole),
      subjects: [
        { kind: 'ServiceAccount', name: DELIVERY_SERVICE_ACCOUNT, namespace },
      ],
    },
  ];
}

function objectLabels(options: NamespaceOptions): Record<string, string> {
  const name = ownerName(options.owner);
  return {
    [LABELS.managedBy]: MANAGED_BY,
    [LABELS.owner]: name,
    [LABELS.costCenter]: options.costCenter ?? name,
    [LABELS.environment]: options.environment,
    ...(options.request && { [LABELS.request]: options.request }),
    ...(options.component && { [LABELS.component]: options.component }),
  };
}

function podSecurityLabels(): Record<string, string> {
  return Object.fromEntries(
    ['enforce', 'warn', 'audit'].map(mode => [
      `pod-security.kubernetes.io/${mode}`,
      'restricted',
    ]),
  );
}

function quota(size: Size): Record<string, string> {
  const cpu = cpuQuantity(size.cores);
  const memory = bytesQuantity(size.memoryGib);
  return {
    'requests.cpu': cpu,
    'requests.memory': memory,
    'limits.cpu': cpu,
    'limits.memory': memory,
    pods: String(size.pods),
    persistentvolumeclaims: String(size.claims),
    'requests.storage': bytesQuantity(size.storageGib),
    'services.loadbalancers': '0',
  };
}

/** The defaults are the quota shared among all pods, so that a full namespace of them fits. */
function containerLimits(size: Size): Record<string, unknown> {
  const cores = size.cores / size.pods;
  const memory = size.memoryGib / size.pods;
  return {
    type: 'Container',
    default: { cpu: cpuQuantity(cores), memory: bytesQuantity(memory) },
    defaultRequest: {
      cpu: cpuQuantity(cores / 2),
      memory: bytesQuantity(memory / 2),
    },
    max: {
      cpu: cpuQuantity(size.cores),
      memory: bytesQuantity(size.memoryGib),
    },
  };
}

function clusterRole(name: string): Record<string, string> {
  return { apiGroup: RBAC, kind: 'ClusterRole', name };
}
