import { randomBytes } from 'node:crypto';
import {
  DEFAULT_NAMESPACE_SETTINGS,
  DEFAULT_SIZES,
  namespaceObjects,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { HttpCluster } from './HttpCluster';
import { describeWithCluster } from './testing/testCluster';

jest.setTimeout(60_000);

function settings(name: string, namespace?: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(namespace && { namespace }) },
    data: { colour: 'blue' },
  };
}

function versionOf({ metadata }: KubernetesObject): string | undefined {
  return metadata.resourceVersion;
}

describeWithCluster('HttpCluster on a real API server', cluster => {
  const namespace = `test-${randomBytes(4).toString('hex')}`;
  const objects = namespaceObjects({
    name: namespace,
    owner: 'group:default/team-payments',
    environment: 'development',
    sizeName: 'small',
    size: DEFAULT_SIZES.small,
    component: 'checkout',
    request: 'test',
    settings: DEFAULT_NAMESPACE_SETTINGS,
  });
  const networkPolicies = objects.filter(
    ({ kind }) => kind === 'NetworkPolicy',
  );
  let provisioner: HttpCluster;
  const delivery = { serviceAccount: 'waymark-delivery', namespace };

  beforeAll(async () => {
    provisioner = await cluster().as('waymark-provisioner');
    await provisioner.apply(objects);
  });

  afterAll(async () => {
    await provisioner?.delete({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: namespace,
    });
  });

  it('stores what was meant, "from" of NetworkPolicies included', async () => {
    for (const object of objects) {
      const { apiVersion, kind, metadata } = object;
      const { name } = metadata;
      const stored = await cluster().admin.get({
        apiVersion,
        kind,
        name,
        ...(kind !== 'Namespace' && { namespace }),
      });
      expect(stored).toMatchObject(object);
    }
    for (const { apiVersion, kind, metadata, spec } of networkPolicies) {
      const ref = { apiVersion, kind, name: metadata.name, namespace };
      const stored = await cluster().admin.get(ref);
      expect(stored?.spec).toEqual(spec);
    }
    expect(JSON.stringify(networkPolicies)).toContain('"from":[');
  });

  it('changes nothing when applied again', async () => {
    const before = await provisioner.apply(objects);
    const after = await provisioner.apply(objects);
    expect(after.map(versionOf)).toEqual(before.map(versionOf));
  });

  it('stores nothing in a dry run', async () => {
    const name = `${namespace}-dry`;
    const [planned] = await provisioner.apply(
      [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }],
      { dryRun: true },
    );
    expect(planned.metadata.name).toBe(name);
    const ref = { apiVersion: 'v1', kind: 'Namespace', name };
    await expect(provisioner.get(ref)).resolves.toBeUndefined();
  });

  it('answers a conflict with the field and who manages it', async () => {
    const quota = objects.find(({ kind }) => kind === 'ResourceQuota');
    const { http, token } = await cluster().rawAs('waymark-provisioner');
    await http.send({
      method: 'PATCH',
      path: `/api/v1/namespaces/${namespace}/resourcequotas/${quota?.metadata.name}`,
      query: { fieldManager: 'somebody', force: 'true' },
      contentType: 'application/apply-patch+yaml',
      token,
      body: { ...quota, spec: { hard: { pods: '99' } } },
    });
    await expect(provisioner.apply(objects)).rejects.toThrow(
      /ResourceQuota "waymark-quota".*\.spec\.hard\.pods \(set by "somebody"\)/,
    );
    await provisioner.apply(objects, { force: true });
  });

  it('applies what a repository brings with the account of its namespace', async () => {
    const configMap = settings('from-repository');
    const [stored] = await provisioner.apply([configMap], { as: delivery });
    expect(stored.metadata.namespace).toBe(namespace);
  });

  it.each([
    [
      'a ClusterRoleBinding',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'escalate' },
      },
      /cluster-scoped/,
    ],
    [
      'an object of another namespace',
      settings('elsewhere', 'default'),
      /not in the service's own namespace/,
    ],
    [
      'a role binding that gives more than it has',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'escalate' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'cluster-admin',
        },
        subjects: [],
      },
      /may not \w+ rolebindings\.rbac\.authorization\.k8s\.io/,
    ],
  ])('refuses %s from a repository', async (_, object, message) => {
    await expect(
      provisioner.apply([settings('beside'), object], { as: delivery }),
    ).rejects.toThrow(message);
  });

  it('takes no ServiceAccount for a Namespace, whatever the name says', async () => {
    const { http, token } = await cluster().rawAs('waymark-provisioner');
    const name = `${namespace}/serviceaccounts/waymark-delivery`;
    const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
    // The API server decodes the path before it reads it.
    await expect(
      http.send({ method: 'GET', path, token }),
    ).resolves.toMatchObject({ body: { kind: 'ServiceAccount' } });
    const ref = { apiVersion: 'v1', kind: 'Namespace', name };
    await expect(provisioner.get(ref)).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('gives the provisioner no Secret', async () => {
    const ref = { apiVersion: 'v1', kind: 'Secret', namespace };
    await expect(provisioner.list(ref)).rejects.toThrow(/may not list secrets/);
    await expect(provisioner.get({ ...ref, name: 'any' })).rejects.toThrow(
      /may not get secrets/,
    );
  });

  it('gives the reader no Secret and no change', async () => {
    const reader = await cluster().as('waymark-reader');
    const kind = { apiVersion: 'v1', namespace };
    await expect(reader.list({ ...kind, kind: 'Secret' })).rejects.toThrow(
      /may not list secrets/,
    );
    await expect(reader.list({ ...kind, kind: 'Pod' })).resolves.toEqual([]);
    await expect(
      reader.apply([settings('from-reader', namespace)]),
    ).rejects.toThrow(/may not patch configmaps/);
  });

  it('lets the provisioner bind edit, and nothing stronger', async () => {
    const binding = (role: string): KubernetesObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: `bind-${role}`, namespace },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: role,
      },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'x' },
      ],
    });
    await provisioner.apply([binding('edit')]);
    for (const role of ['admin', 'cluster-admin']) {
      await expect(provisioner.apply([binding(role)])).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    }
  });

  it('lets the provisioner ask tokens of the delivery account only', async () => {
    const { http, token } = await cluster().rawAs('waymark-provisioner');
    const request = (path: string) =>
      http.send({
        method: 'POST',
        path: `/api/v1/namespaces/${path}/token`,
        token,
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: 600 },
        },
      });
    await expect(
      request(`${namespace}/serviceaccounts/waymark-delivery`),
    ).resolves.toMatchObject({ status: 201 });
    for (const path of [
      `${namespace}/serviceaccounts/default`,
      'kube-system/serviceaccounts/namespace-controller',
      'waymark-system/serviceaccounts/waymark-reader',
    ]) {
      await expect(request(path)).resolves.toMatchObject({ status: 403 });
    }
  });

  it('reads the kinds that the cluster serves', async () => {
    await expect(provisioner.serves('apps/v1', 'Deployment')).resolves.toBe(
      true,
    );
    await expect(provisioner.serves('apps/v9', 'Deployment')).resolves.toBe(
      false,
    );
    const { gitVersion } = await provisioner.version();
    expect(gitVersion).toMatch(/^v1\./);
  });
});
