import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import {
  LimitRange,
  Namespace,
  ResourceQuota,
  ServiceAccount,
} from 'kubernetes-models/v1';
import { DEFAULT_SIZES, SIZE_NAMES } from '../sizes';
import type { KubernetesObject } from '../types';
import { namespaceObjects } from './namespaceObjects';
import { DEFAULT_NAMESPACE_SETTINGS, type NamespaceOptions } from './options';

function options(overrides: Partial<NamespaceOptions> = {}): NamespaceOptions {
  return {
    name: 'checkout-development',
    owner: 'group:default/team-payments',
    environment: 'development',
    sizeName: 'small',
    size: DEFAULT_SIZES.small,
    component: 'checkout',
    request: '4be1b1a6-7f3b-4a1b-9a2f-0d5e7a3c1f11',
    settings: DEFAULT_NAMESPACE_SETTINGS,
    ...overrides,
  };
}

const MODELS: Record<string, new (data: any) => { validate(): void }> = {
  LimitRange,
  Namespace,
  NetworkPolicy,
  ResourceQuota,
  RoleBinding,
  ServiceAccount,
};

function find(objects: KubernetesObject[], kind: string, name?: string) {
  return objects.find(
    each => each.kind === kind && (!name || each.metadata.name === name),
  ) as KubernetesObject & { spec: any; roleRef: any; subjects: any };
}

describe('namespaceObjects', () => {
  it.each(SIZE_NAMES)('is valid Kubernetes in size %s', sizeName => {
    const objects = namespaceObjects(
      options({ sizeName, size: DEFAULT_SIZES[sizeName] }),
    );
    for (const object of objects) {
      expect(() => new MODELS[object.kind](object).validate()).not.toThrow();
    }
  });

  it('puts the labels of the design on every object', () => {
    for (const { metadata } of namespaceObjects(options())) {
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/managed-by': 'waymark',
        'platform.waymark.dev/owner': 'team-payments',
        'platform.waymark.dev/cost-center': 'team-payments',
        'platform.waymark.dev/environment': 'development',
        'platform.waymark.dev/request': '4be1b1a6-7f3b-4a1b-9a2f-0d5e7a3c1f11',
        'platform.waymark.dev/component': 'checkout',
      });
      expect(metadata.annotations).toMatchObject({
        'platform.waymark.dev/owner-ref': 'group:default/team-payments',
      });
    }
  });

  it('restricts pods, and limits a small namespace to 2 cores and 4 GiB without load balancers', () => {
    const objects = namespaceObjects(options());
    expect(find(objects, 'Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
    });
    expect(find(objects, 'ResourceQuota').spec.hard).toEqual({
      'requests.cpu': '2',
      'requests.memory': '4Gi',
      'limits.cpu': '2',
      'limits.memory': '4Gi',
      pods: '10',
      persistentvolumeclaims: '2',
      'requests.storage': '20Gi',
      'services.loadbalancers': '0',
    });
    expect(find(objects, 'LimitRange').spec.limits).toEqual([
      {
        type: 'Container',
        default: { cpu: '200m', memory: '409Mi' },
        defaultRequest: { cpu: '100m', memory: '204Mi' },
        max: { cpu: '2', memory: '4Gi' },
      },
    ]);
  });

  it('denies all traffic but DNS, the namespace itself, the ingress controller and the metrics scraper', () => {
    const policies = namespaceObjects(options()).filter(
      each => each.kind === 'NetworkPolicy',
    );
    expect(
      Object.fromEntries(policies.map(each => [each.metadata.name, each.spec])),
    ).toEqual({
      'waymark-default-deny': {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      },
      'waymark-allow-dns': {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: {
                  matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
                },
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              },
            ],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ],
      },
      'waymark-allow-same-namespace': {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }] }],
        egress: [{ to: [{ podSelector: {} }] }],
      },
      'waymark-allow-ingress-controller': {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchLabels: {
                    'kubernetes.io/metadata.name': 'ingress-nginx',
                  },
                },
              },
            ],
          },
        ],
      },
      'waymark-allow-metrics': {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' },
                },
              },
            ],
          },
        ],
      },
    });
  });

  it('binds the owner by a configured name and role, and never more', () => {
    const objects = namespaceObjects(
      options({
        settings: {
          ...DEFAULT_NAMESPACE_SETTINGS,
          ownerClusterRole: 'view',
          groupNames: { 'group:default/team-payments': 'oidc:payments' },
        },
      }),
    );
    const binding = find(objects, 'RoleBinding', 'waymark-owner');
    expect(binding.roleRef.name).toBe('view');
    expect(binding.subjects).toEqual([
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Group',
        name: 'oidc:payments',
      },
    ]);
    expect(JSON.stringify(objects)).not.toContain('cluster-admin');
    expect(objects.some(each => each.kind.startsWith('Cluster'))).toBe(false);
  });
});
