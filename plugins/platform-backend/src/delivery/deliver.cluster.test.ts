import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  DEFAULT_NAMESPACE_SETTINGS,
  DEFAULT_SIZES,
  namespaceObjects,
} from '@waymark/plugin-platform-common';
import { HttpCluster } from '@waymark/plugin-platform-node';
import { parse } from 'yaml';
import { FakeGit } from '../testing/FakeGit';
import { deliver } from './deliver';
import type { QueuedDelivery } from './DeliveryStore';

jest.setTimeout(120_000);

const file = process.env.WAYMARK_TEST_KUBECONFIG;
const describeWhen = file ? describe : describe.skip;
const reason = file
  ? ''
  : ': WAYMARK_TEST_KUBECONFIG names no cluster (./portal test starts one)';

function openCluster(): HttpCluster {
  const config = parse(readFileSync(file ?? '', 'utf8'));
  const { cluster } = config.clusters[0];
  return new HttpCluster({
    endpoint: {
      name: 'test',
      url: cluster.server,
      ca: Buffer.from(
        cluster['certificate-authority-data'],
        'base64',
      ).toString(),
    },
    token: config.users[0].user.token,
    local: true,
  });
}

function deployment(
  options: { name?: string; env?: string; cpu?: string } = {},
) {
  const { name = 'web', env = '', cpu = '50m' } = options;
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: app
          image: example.com/web:1
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /, port: 8080 } }
          resources: { requests: { cpu: ${cpu} }, limits: { cpu: ${cpu} } }
          ${env}
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
`;
}

describeWhen(`deliver to a real API server${reason}`, () => {
  const component = `d${randomBytes(4).toString('hex')}`;
  const namespace = `${component}-development`;
  const git = new FakeGit();
  let cluster: HttpCluster;
  let uid: string;

  beforeAll(async () => {
    cluster = openCluster();
    const [stored] = await cluster.apply(
      namespaceObjects({
        name: namespace,
        owner: 'group:default/team-payments',
        environment: 'development',
        sizeName: 'small',
        size: DEFAULT_SIZES.small,
        component,
        settings: DEFAULT_NAMESPACE_SETTINGS,
      }),
    );
    uid = stored.metadata.uid ?? '';
  });

  afterAll(async () => {
    await cluster?.delete({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: namespace,
    });
  });

  async function run(content: string, signal?: AbortSignal) {
    const repository = `team-payments/${component}`;
    const revision = git.push(repository, { 'deploy/app.yaml': content });
    const delivery: QueuedDelivery = {
      id: '1',
      namespace,
      namespaceUid: uid,
      component,
      owner: 'group:default/team-payments',
      environment: 'development',
      repository,
      revision,
      trigger: 'push',
      status: 'running',
      createdAt: '',
    };
    const lines: string[] = [];
    const message = await deliver({
      delivery,
      git,
      clusters: { list: () => [cluster], forEnvironment: () => cluster },
      config: {
        enabled: true,
        reconcileInterval: 1000,
        rolloutTimeout: 60_000,
        stuckTimeout: 3_000,
      },
      log: async line => void lines.push(line.message),
      signal: signal ?? new AbortController().signal,
    });
    return { message, lines, revision };
  }

  const get = (kind: string, name: string, apiVersion = 'v1') =>
    cluster.get({ apiVersion, kind, name, namespace });

  it('rolls a service out, without probes on the hollow node, and again for the next revision', async () => {
    const first = await run(deployment());
    expect(first.message).toContain(first.revision.slice(0, 7));
    expect(first.lines.at(-1)).toContain('2 of 2 replicas are up');
    const stored = JSON.stringify(await get('Deployment', 'web', 'apps/v1'));
    expect(stored).not.toContain('"readinessProbe":');
    expect(stored).toContain('containers are not started');

    const second = await run(deployment());
    const live = await get('Deployment', 'web', 'apps/v1');
    expect(live?.metadata.annotations).toMatchObject({
      'platform.waymark.dev/revision': second.revision,
    });
  });

  it('says that a Secret is missing', async () => {
    const env =
      'env: [{ name: A, valueFrom: { secretKeyRef: { name: nowhere, key: a } } }]';
    await expect(run(deployment({ name: 'secretive', env }))).rejects.toThrow(
      /"secretive" (is stuck|was not rolled out).*nowhere/,
    );
  });

  it('says that the quota is exceeded', async () => {
    await expect(
      run(deployment({ name: 'greedy', cpu: '1900m' })),
    ).rejects.toThrow(/exceeded quota/);
  });

  const head = (apiVersion: string, kind: string, rest = '') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\n${
      rest || 'metadata: { name: bad }'
    }`;

  it.each([
    [
      'a ClusterRoleBinding',
      head('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'),
      /rights are given by the platform/,
    ],
    ['a Namespace', head('v1', 'Namespace'), /cluster-scoped/],
    ['a PersistentVolume', head('v1', 'PersistentVolume'), /cluster-scoped/],
    [
      'a CustomResourceDefinition',
      head('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
      /cluster-scoped/,
    ],
    [
      'an object of another namespace',
      head('v1', 'ConfigMap', 'metadata: { name: bad, namespace: default }'),
      /names the namespace "default"/,
    ],
    [
      'a kind that is not served',
      head('policy/v9', 'PodDisruptionBudget'),
      /does not serve PodDisruptionBudget/,
    ],
    [
      'a field that does not exist',
      `${head('v1', 'Service')}\nspec: 7`,
      /deploy\/app.yaml/,
    ],
  ])('refuses %s and applies nothing of the revision', async (_, bad, says) => {
    const good = head('v1', 'ConfigMap', 'metadata: { name: innocent }');
    await expect(run(`${good}\n---\n${bad}`)).rejects.toThrow(says);
    expect(await get('ConfigMap', 'innocent')).toBeUndefined();
  });

  it('names each object that is no longer in deploy/, and none of the platform or of a controller', async () => {
    const extra = `
apiVersion: v1
kind: ConfigMap
metadata: { name: left-behind }
---
apiVersion: batch/v1
kind: Job
metadata: { name: left-job }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: RuntimeDefault } }
      restartPolicy: Never
      containers:
        - name: app
          image: example.com/job:1
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: left-data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Mi } } }
---`;
    await run(`${deployment({ name: 'gone' })}---${extra}${deployment()}`);
    const { lines } = await run(deployment());
    const warned = lines.filter(line => line.includes('no longer in deploy/'));
    for (const [kind, name] of [
      ['Deployment', 'gone'],
      ['Service', 'gone'],
      ['ConfigMap', 'left-behind'],
      ['Job', 'left-job'],
      ['PersistentVolumeClaim', 'left-data'],
    ]) {
      expect(warned).toContain(
        `${kind} "${name}" is no longer in deploy/ and is still there: delete it with "kubectl -n ${namespace} delete ${kind.toLowerCase()} ${name}".`,
      );
    }
    expect(warned.join()).not.toMatch(/ReplicaSet|Pod "|"web"|waymark-/);
  });

  it('applies nothing to a namespace that was made again meanwhile', async () => {
    const before = uid;
    uid = '00000000-0000-0000-0000-000000000000';
    const configMap = head('v1', 'ConfigMap', 'metadata: { name: late }');
    try {
      await expect(run(configMap)).rejects.toThrow(
        /was deleted and made again/,
      );
    } finally {
      uid = before;
    }
    expect(await get('ConfigMap', 'late')).toBeUndefined();
  });

  it('gives way when it is told to', async () => {
    const controller = new AbortController();
    const running = run(
      deployment({ name: 'slow', cpu: '1900m' }),
      controller.signal,
    );
    setTimeout(() => controller.abort(), 500);
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});
