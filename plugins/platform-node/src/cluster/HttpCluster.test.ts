import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpCluster } from './HttpCluster';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
};

const CONFIG_MAP_REF = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'settings',
  namespace: 'shop',
};

const discovery: Record<string, Answer | undefined> = {
  '/api/v1': {
    status: 200,
    body: {
      resources: [
        { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
        { name: 'namespaces', kind: 'Namespace', namespaced: false },
        { name: 'namespaces/status', kind: 'Namespace', namespaced: false },
      ],
    },
  },
  '/apis/rbac.authorization.k8s.io/v1': {
    status: 200,
    body: {
      resources: [
        { name: 'clusterroles', kind: 'ClusterRole', namespaced: false },
      ],
    },
  },
};

describe('HttpCluster', () => {
  let server: Server;
  let url: string;
  /** What the API answers to everything but discovery; undefined: nothing at all. */
  let answer: Answer | undefined;
  let requests: string[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      const given = discovery[request.url ?? ''] ?? answer;
      if (given) {
        response.writeHead(given.status, {
          'content-type': 'application/json',
        });
        response.end(JSON.stringify(given.body));
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const open = () =>
    new HttpCluster({ endpoint: { name: 'test', url }, token: 'secret' });

  it.each([
    [
      403,
      {
        message:
          'configmaps "settings" is forbidden: User "system:serviceaccount:waymark-system:waymark-provisioner" cannot patch resource "configmaps" in API group "" in the namespace "shop"',
      },
      'NotAllowedError',
      /waymark-provisioner" may not patch configmaps: ConfigMap "settings" in namespace "shop"/,
    ],
    [
      403,
      { message: 'pods "a" is forbidden: exceeded quota: waymark-quota' },
      'NotAllowedError',
      /exceeded quota/,
    ],
    [
      403,
      {
        message: 'being terminated',
        details: { causes: [{ reason: 'NamespaceTerminating' }] },
      },
      'ConflictError',
      /is being deleted. Wait/,
    ],
    [
      409,
      {
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl" using v1',
              field: '.data.colour',
            },
          ],
        },
      },
      'ConflictError',
      /\.data\.colour \(set by "kubectl"\)/,
    ],
    [409, { reason: 'AlreadyExists' }, 'ConflictError', /exists already/],
    [422, { message: 'data: Invalid value' }, 'InputError', /Invalid value/],
    [401, {}, 'ServiceUnavailableError', /platform\.clusters/],
    [503, {}, 'ServiceUnavailableError', /Try again/],
  ])('maps %s %j to %s', async (status, body, name, message) => {
    answer = { status, body };
    const error = await open()
      .apply([CONFIG_MAP])
      .catch(caught => caught);
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(error.message).not.toContain('secret');
  });

  it('says what to do where the cluster does not answer', async () => {
    const cluster = new HttpCluster({
      endpoint: {
        name: 'local',
        url: 'http://127.0.0.1:1',
        whenUnreachable: async () => 'It is being built: wait.',
      },
      token: 'secret',
    });
    await expect(cluster.version()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'The cluster "local" cannot be reached (ECONNREFUSED). It is being built: wait.',
    });
  });

  it('stops waiting when it is told to', async () => {
    answer = undefined;
    const controller = new AbortController();
    const waiting = open().get(CONFIG_MAP_REF, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled')), 50);
    await expect(waiting).rejects.toThrow('cancelled');
  });

  it.each(['kube-system', 'default', 'waymark-system', 'kube-anything'])(
    'changes nothing in %s',
    async namespace => {
      answer = { status: 200, body: {} };
      const cluster = open();
      const inside = { ...CONFIG_MAP, metadata: { name: 'a', namespace } };
      const itself = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      };
      for (const object of [inside, itself]) {
        const { apiVersion, kind, metadata } = object;
        const ref = { apiVersion, kind, ...metadata };
        await expect(cluster.apply([CONFIG_MAP, object])).rejects.toThrow(
          /belongs to the cluster itself/,
        );
        await expect(cluster.create(object)).rejects.toThrow(/belongs to/);
        await expect(cluster.delete(ref)).rejects.toThrow(/belongs to/);
      }
      expect(requests.filter(line => !line.startsWith('GET'))).toEqual([]);
    },
  );

  it.each([
    '..',
    '.',
    '',
    'a/b',
    'shop/configmaps/settings',
    'shop%2Fconfigmaps%2Fsettings',
    '../secrets/a?b',
    'Settings',
    'system:node',
    'a'.repeat(254),
  ])('does not take "%s" for a name, and asks nothing', async name => {
    answer = { status: 200, body: CONFIG_MAP };
    const cluster = open();
    const refused = { name: 'InputError' };
    const get = (ref: object) => cluster.get({ ...CONFIG_MAP_REF, ...ref });
    await expect(get({ name })).rejects.toMatchObject(refused);
    await expect(get({ kind: 'Namespace', name })).rejects.toMatchObject(
      refused,
    );
    expect(requests.filter(line => line !== 'GET /api/v1')).toEqual([]);
  });

  it.each(['..', 'shop/configmaps', 'shop%2Fconfigmaps', 'Shop', 'a:b'])(
    'does not take "%s" for a namespace, and asks nothing',
    async namespace => {
      answer = { status: 200, body: CONFIG_MAP };
      const cluster = open();
      const { apiVersion, kind } = CONFIG_MAP;
      const refused = { name: 'InputError' };
      await expect(
        cluster.get({ ...CONFIG_MAP_REF, namespace }),
      ).rejects.toMatchObject(refused);
      await expect(
        cluster.list({ apiVersion, kind, namespace }),
      ).rejects.toMatchObject(refused);
      await expect(
        cluster.apply([{ apiVersion, kind, metadata: { name: 'a' } }], {
          as: { serviceAccount: 'waymark-delivery', namespace },
        }),
      ).rejects.toMatchObject(refused);
      expect(requests.filter(line => line !== 'GET /api/v1')).toEqual([]);
    },
  );

  it.each(['v1/namespaces/shop', '../v1', 'a%2Fb/v1', 'apps/v1/x'])(
    'does not take "%s" for an apiVersion',
    async apiVersion => {
      await expect(
        open().get({ ...CONFIG_MAP_REF, apiVersion }),
      ).rejects.toMatchObject({ name: 'InputError' });
      expect(requests).toEqual([]);
    },
  );

  it('reads roles and bindings, whose names may hold ":"', async () => {
    answer = { status: 404, body: {} };
    await open().get({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      name: 'system:node',
    });
    expect(requests).toContain(
      'GET /apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode',
    );
  });

  it.each([
    ['another kind', { ...CONFIG_MAP, kind: 'ServiceAccount' }],
    [
      'another name',
      { ...CONFIG_MAP, metadata: { name: 'other', namespace: 'shop' } },
    ],
    [
      'another namespace',
      { ...CONFIG_MAP, metadata: { name: 'settings', namespace: 'bakery' } },
    ],
    ['nothing', undefined],
  ])(
    'takes no object of %s for the one that was asked for',
    async (_, body) => {
      answer = { status: 200, body };
      const says =
        /something else than ConfigMap "settings" in namespace "shop"/;
      await expect(open().get(CONFIG_MAP_REF)).rejects.toThrow(says);
      await expect(open().apply([CONFIG_MAP])).rejects.toThrow(says);
      await expect(
        open().list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' }),
      ).rejects.toThrow(/something else than the list of ConfigMap/);
    },
  );

  it('takes no list of another namespace for the one that was asked for', async () => {
    const metadata = { name: 'settings', namespace: 'bakery' };
    answer = {
      status: 200,
      body: { kind: 'ConfigMapList', items: [{ metadata }] },
    };
    await expect(
      open().list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' }),
    ).rejects.toThrow(/something else than the list/);
  });

  it('takes an absent object for undefined, and its deletion for done', async () => {
    answer = { status: 404, body: {} };
    await expect(open().get(CONFIG_MAP_REF)).resolves.toBeUndefined();
    await expect(open().delete(CONFIG_MAP_REF)).resolves.toBeUndefined();
  });

  it('says which kind the cluster does not serve', async () => {
    await expect(
      open().apply([{ ...CONFIG_MAP, kind: 'Gadget' }]),
    ).rejects.toThrow(/does not serve Gadget in v1/);
  });

  it('reads every page of a list', async () => {
    answer = undefined;
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const address = new URL(request.url ?? '', url);
      const second = address.searchParams.get('continue') === 'more';
      const body = discovery[address.pathname]?.body ?? {
        kind: 'ConfigMapList',
        metadata: second ? {} : { continue: 'more' },
        items: [{ metadata: { name: second ? 'b' : 'a' } }],
      };
      response.end(JSON.stringify(body));
    });
    const found = await open().list({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(found).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
    ]);
  });
});
