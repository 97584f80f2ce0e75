import type { Delivery } from '@waymark/plugin-platform-common';
import { parseManifests } from './parseManifests';
import { prepareManifests } from './prepareManifests';

const NAMESPACE = 'checkout-development';

function parse(content: string | Buffer, path = 'deploy/app.yaml') {
  return parseManifests([{ path, content: Buffer.from(content) }]);
}

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++) {
    lines.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  }
  return lines.join('\n');
}

describe('parseManifests', () => {
  it('reads every document, and nothing but YAML files', () => {
    const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
    const manifests = parseManifests([
      {
        path: 'deploy/a.yaml',
        content: Buffer.from(`---\n${configMap}---\n---\n${configMap}`),
      },
      { path: 'deploy/README.md', content: Buffer.from('# no') },
      { path: 'deploy/empty.yml', content: Buffer.from('# nothing\n') },
    ]);
    expect(manifests.map(each => each.file)).toEqual([
      'deploy/a.yaml',
      'deploy/a.yaml',
    ]);
  });

  it.each([
    [
      '10 MB',
      `a: "${'x'.repeat(10_000_000)}"`,
      /10000005 bytes; at most 262144/,
    ],
    ['an alias bomb', bomb(), /deploy\/app.yaml cannot be read: .*alias/i],
    ['no YAML', '}{ not: [yaml', /deploy\/app.yaml is not valid YAML/],
    ['binary', Buffer.from([0, 1, 2, 255]), /deploy\/app.yaml/],
    ['a list', '- a\n- b', /document 1 is not a Kubernetes object/],
    [
      'no name',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {}',
      /metadata.name/,
    ],
    [
      'too many objects',
      Array(101)
        .fill('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}')
        .join('\n---\n'),
      /101 objects; at most 100/,
    ],
  ])('refuses %s and names the file', (_, content, says) => {
    const started = Date.now();
    expect(() => parse(content)).toThrow(says);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('prepareManifests', () => {
  const delivery: Delivery = {
    id: '1',
    namespace: NAMESPACE,
    component: 'checkout',
    owner: 'group:default/team-payments',
    repository: 'team-payments/checkout',
    revision: 'abc',
    trigger: 'push',
    status: 'running',
    createdAt: '',
  };
  const manifests = parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, labels: { mine: yes-it-is } }
spec:
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
      containers:
        - name: app
          image: checkout:1
          livenessProbe: { httpGet: { path: /, port: 80 } }
          readinessProbe: { httpGet: { path: /, port: 80 } }
---
apiVersion: v1
kind: Service
metadata: { name: checkout }
spec: { ports: [{ port: 80 }] }
`);
  const prepare = (removeProbes: boolean) =>
    prepareManifests(manifests, {
      delivery,
      removeProbes,
      namespaceLabels: {
        'platform.waymark.dev/owner': 'team-payments',
        'platform.waymark.dev/environment': 'development',
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
    }).map(each => each.object as any);

  it('labels objects and pods, and puts workloads last', () => {
    const [service, deployment] = prepare(false);
    expect(service.kind).toBe('Service');
    expect(service.metadata.namespace).toBe(NAMESPACE);
    expect(deployment.metadata.labels).toEqual({
      mine: 'yes-it-is',
      'app.kubernetes.io/managed-by': 'waymark',
      'platform.waymark.dev/owner': 'team-payments',
      'platform.waymark.dev/environment': 'development',
      'platform.waymark.dev/component': 'checkout',
      'backstage.io/kubernetes-id': 'checkout',
    });
    expect(deployment.spec.template.metadata).toMatchObject({
      labels: { app: 'checkout', 'backstage.io/kubernetes-id': 'checkout' },
      annotations: { 'platform.waymark.dev/revision': 'abc' },
    });
    expect(deployment.spec.template.spec.containers[0]).toHaveProperty(
      'livenessProbe',
    );
    expect(JSON.stringify(deployment)).not.toContain('probes-removed');
  });

  it('takes probes out for the hollow node, and says so', () => {
    const [, deployment] = prepare(true);
    expect(deployment.spec.template.spec.containers).toEqual([
      { name: 'app', image: 'checkout:1' },
    ]);
    expect(
      deployment.metadata.annotations['platform.waymark.dev/probes-removed'],
    ).toBe('local cluster: containers are not started');
  });
});
