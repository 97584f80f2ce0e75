import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Entity } from '@backstage/catalog-model';
import {
  clusterServiceRef,
  gitProviderServiceRef,
} from '@waymark/plugin-platform-node';
import {
  DEFAULT_NAMESPACE_SETTINGS,
  DEFAULT_SIZES,
  namespaceObjects,
} from '@waymark/plugin-platform-common';
import request from 'supertest';
import { platformPlugin } from './plugin';
import { FakeCluster } from './testing/FakeCluster';
import { FakeGit } from './testing/FakeGit';

jest.setTimeout(60_000);

const PAYMENTS = 'group:default/team-payments';
const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: basket }
spec:
  replicas: 1
  selector: { matchLabels: { app: basket } }
  template:
    metadata: { labels: { app: basket } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: app
          image: basket:1
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`;

const entities: Entity[] = [
  ...['team-payments', 'team-storefront', 'team-platform'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type: 'team', children: [] },
  })),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    spec: { type: 'service', lifecycle: 'production', owner: PAYMENTS },
    relations: [{ type: 'ownedBy', targetRef: PAYMENTS }],
  },
];

async function startPlatform() {
  const cluster = new FakeCluster();
  const git = new FakeGit();
  const scheduler = mockServices.scheduler();
  const { server } = await startTestBackend({
    features: [
      platformPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: {
          platform: {
            administrators: ['group:default/team-platform'],
            limits: [{ environments: ['production'], sizes: ['small'] }],
            localDelivery: {
              stuckTimeout: { milliseconds: 100 },
              reconcileInterval: { seconds: 1 },
            },
          },
        },
      }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      createServiceFactory({
        service: clusterServiceRef,
        deps: {},
        factory: () => cluster,
      }),
      createServiceFactory({
        service: gitProviderServiceRef,
        deps: {},
        factory: () => git,
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          async getUserInfo(credentials: any) {
            const ref = credentials.principal.userEntityRef as string;
            const team = ref.split('/')[1].replace('dev', 'payments');
            return {
              userEntityRef: ref,
              ownershipEntityRefs: [ref, `group:default/team-${team}`],
            };
          },
        }),
      }),
    ],
  });
  const as = (user: string) => ({
    get: (path: string) =>
      request(server)
        .get(`/api/platform/v1${path}`)
        .set(
          'authorization',
          mockCredentials.user.header(`user:default/${user}`),
        ),
    post: (path: string, body: object) =>
      request(server)
        .post(`/api/platform/v1${path}`)
        .set(
          'authorization',
          mockCredentials.user.header(`user:default/${user}`),
        )
        .send(body),
  });
  const addNamespace = (name: string, component: string, owner = PAYMENTS) =>
    cluster.apply(
      namespaceObjects({
        name,
        owner,
        component,
        environment: 'development',
        sizeName: 'small',
        size: DEFAULT_SIZES.small,
        settings: DEFAULT_NAMESPACE_SETTINGS,
      }),
    );
  return { cluster, git, scheduler, server, as, addNamespace };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const found = await look();
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('It did not happen in time.');
}

describe('the Platform API', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;

  beforeAll(async () => {
    platform = await startPlatform();
  });

  afterAll(async () => {
    await platform.server.close();
  });

  const dryRun = (body: object, user = 'dev') =>
    platform.as(user).post('/requests?dryRun=true', body);

  const refused = (body: any) =>
    body.verdicts
      .filter((each: any) => !each.allowed)
      .map((each: any) => each.rule);

  it('refuses who is not signed in', async () => {
    const answer = await request(platform.server)
      .get('/api/platform/v1/offerings')
      .set('authorization', mockCredentials.none.header());
    expect(answer.status).toBe(401);
  });

  it('offers what the teams of the caller may ask for', async () => {
    const { body } = await platform.as('dev').get('/offerings');
    expect(body.teams).toEqual([PAYMENTS]);
    expect(body.sizes.small).toMatchObject({ cores: 2, memoryGib: 4 });
    expect(body.kinds[0].allowed).toContainEqual({
      team: PAYMENTS,
      environment: 'production',
      sizes: ['small'],
    });
  });

  it('says what a new namespace would be, and touches nothing', async () => {
    const { body, status } = await dryRun({
      kind: 'Namespace',
      name: 'invoices-development',
      owner: 'team-payments',
      component: 'invoices',
    });
    expect(status).toBe(200);
    expect(refused(body)).toEqual([]);
    expect(body.cost.monthlyUsd).toBeUndefined();
    expect(body.objects.map((each: any) => each.kind)).toContain(
      'NetworkPolicy',
    );
    expect(body.changes.every((each: any) => each.operation === 'create')).toBe(
      true,
    );
    expect(
      await platform.cluster.get({
        apiVersion: 'v1',
        kind: 'Namespace',
        name: 'invoices-development',
      }),
    ).toBeUndefined();
  });

  it('shows field by field what would change in a namespace that exists', async () => {
    await platform.addNamespace('ledger-development', 'ledger');
    const { body } = await dryRun({
      kind: 'Namespace',
      name: 'ledger-development',
      owner: PAYMENTS,
      component: 'ledger',
      spec: { size: 'medium' },
    });
    expect(body.existing).toBe(true);
    const quota = body.changes.find(
      (each: any) => each.object.kind === 'ResourceQuota',
    );
    expect(quota.fields).toContainEqual({
      path: 'spec.hard.pods',
      before: '10',
      after: '20',
    });
  });

  it.each([
    [{ name: 'a'.repeat(64) }, ['name-format'], 400],
    [{ name: 'Checkout' }, ['name-format'], 400],
    [{ name: '../x' }, ['name-format'], 400],
    [{ name: '-a' }, ['name-format'], 400],
    [{ owner: 'team-storefront' }, ['owner-membership'], 403],
    [{ owner: 'team-nobody' }, ['owner-membership'], 403],
    [{ spec: { size: 'huge' } }, ['size-allowed'], 409],
    [
      { environment: 'production', spec: { size: 'large' } },
      ['size-allowed'],
      409,
    ],
    [{ kind: 'Repository', name: 'checkout' }, ['name-taken'], 409],
  ])('refuses %j by the rules %j', async (given, rules, status) => {
    const body = {
      kind: 'Namespace',
      name: 'fine-development',
      owner: PAYMENTS,
      ...given,
    };
    const tried = await dryRun(body);
    expect(tried.status).toBe(200);
    expect(refused(tried.body)).toEqual(rules);
    expect(tried.body.objects).toEqual([]);

    const sent = await platform.as('dev').post('/requests', body);
    expect(sent.status).toBe(status);
    expect(sent.body.error.rules).toEqual(rules);
    const words = tried.body.verdicts.find(
      (each: any) => !each.allowed,
    ).message;
    expect(sent.body.error.message).toBe(words);
  });

  it('names the owner of a namespace that belongs to another team', async () => {
    await platform.addNamespace(
      'carts-development',
      'carts',
      'group:default/team-storefront',
    );
    const { body } = await dryRun({
      kind: 'Namespace',
      name: 'carts-development',
      owner: PAYMENTS,
    });
    expect(refused(body)).toEqual(['name-taken']);
    expect(JSON.stringify(body.verdicts)).toContain(
      'belongs to group:default/team-storefront',
    );
    const repository = await dryRun({
      kind: 'Repository',
      name: 'carts',
      owner: PAYMENTS,
    });
    expect(refused(repository.body)).toEqual(['name-taken']);
  });

  it('does not claim what it could not look up', async () => {
    platform.cluster.down = true;
    platform.git.down = true;
    try {
      const namespace = await dryRun({
        kind: 'Namespace',
        name: 'new-development',
        owner: PAYMENTS,
      });
      expect(namespace.status).toBe(200);
      expect(JSON.stringify(namespace.body)).toContain(
        'could not be checked: The cluster \\"fake\\" is down.',
      );
      const repository = await dryRun({
        kind: 'Repository',
        name: 'new',
        owner: PAYMENTS,
      });
      expect(JSON.stringify(repository.body)).toContain('does not answer');
      const { body } = await platform.as('dev').get('/status');
      expect(body.cluster).toMatchObject({ state: 'error', local: true });
    } finally {
      platform.cluster.down = false;
      platform.git.down = false;
    }
  });

  it('answers bad input with a sentence', async () => {
    const { status, body } = await dryRun({ kind: 'Bucket', name: 'x' });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'kind: allowed are Namespace, Repository (given: "Bucket"); owner: string expected.',
    );
  });

  it.each([
    [{ component: '../../x' }, 'component: at most 63 letters'],
    [{ component: 'a'.repeat(64) }, 'component: at most 63 letters'],
    [{ idempotencyKey: 'a b/c' }, 'idempotencyKey: at most 63 letters'],
  ])('does not promise %j, which no label can hold', async (given, says) => {
    const { status, body } = await dryRun({
      kind: 'Namespace',
      name: 'fine-development',
      owner: PAYMENTS,
      ...given,
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain(says);
  });

  it.each([
    'mine-development/serviceaccounts/basket-development',
    'mine-development%2Fserviceaccounts%2Fbasket-development',
    '..',
    'Basket',
    'a'.repeat(64),
  ])('takes "%s" for no namespace', async namespace => {
    const { as, cluster } = platform;
    const get = jest.spyOn(cluster, 'get');
    const list = jest.spyOn(cluster, 'list');
    try {
      const { status, body } = await as('dev').post('/deliveries', {
        namespace,
      });
      expect(status).toBe(400);
      expect(body.error.message).toContain(
        'namespace: the name of a namespace',
      );
      for (const path of [
        `${encodeURIComponent(namespace)}/basket`,
        `basket-development/${encodeURIComponent(`${namespace}/,x=y`)}`,
      ].filter(each => !each.startsWith('..'))) {
        expect((await as('dev').get(`/deployments/${path}`)).status).toBe(400);
      }
      expect(get).not.toHaveBeenCalled();
      expect(list).not.toHaveBeenCalled();
    } finally {
      get.mockRestore();
      list.mockRestore();
    }
  });

  it('takes no request without dryRun yet', async () => {
    const { status, body } = await platform.as('dev').post('/requests', {
      kind: 'Repository',
      name: 'free',
      owner: PAYMENTS,
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('?dryRun=true');
  });

  it('delivers a repository to the namespace of its component, and shows the log to its team only', async () => {
    const { as, git, cluster } = platform;
    const revision = git.push('team-payments/basket', {
      'deploy/deployment.yaml': DEPLOYMENT,
    });
    await platform.addNamespace('basket-development', 'basket');
    expect(
      (
        await as('storefront').post('/deliveries', {
          namespace: 'basket-development',
        })
      ).status,
    ).toBe(403);
    const { body, status } = await as('dev').post('/deliveries', {
      namespace: 'basket-development',
    });
    expect(status).toBe(202);
    const { id } = body.delivery;
    const done = await until(async () => {
      const { body: each } = await as('dev').get(`/deliveries/${id}`);
      return each.finishedAt ? each : undefined;
    });
    expect(done).toMatchObject({ status: 'succeeded', revision });
    expect(done.log.map((line: any) => line.message)).toContain(
      'Applied Deployment "basket" from deploy/deployment.yaml.',
    );
    const applied = cluster.applied.filter(
      each => each.object.kind === 'Deployment',
    );
    expect(applied[0].as).toEqual({
      serviceAccount: 'waymark-delivery',
      namespace: 'basket-development',
    });
    expect(
      (await as('dev').get('/deployments/basket-development/basket')).body,
    ).toMatchObject({ state: 'ready', revision, local: true });

    expect((await as('storefront').get(`/deliveries/${id}`)).status).toBe(404);
    expect((await as('storefront').get('/deliveries')).body.items).toEqual([]);
    expect(
      (await as('storefront').get('/deployments/basket-development/basket'))
        .status,
    ).toBe(403);
    expect(
      (await as('platform').get('/deliveries?component=basket')).body.items,
    ).toHaveLength(1);
  });

  it('finds a push that nobody reported, and fails it with the reason', async () => {
    const { as, git, cluster, scheduler } = platform;
    cluster.stuck = 'exceeded quota: waymark-quota';
    const revision = git.push('team-payments/basket', {
      'deploy/deployment.yaml': DEPLOYMENT.replace('basket:1', 'basket:2'),
    });
    await scheduler.triggerTask('platform-local-delivery-reconcile');
    const failed = await until(async () => {
      const { body } = await as('dev').get(
        '/deliveries?namespace=basket-development',
      );
      return body.items.find(
        (each: any) => each.revision === revision && each.finishedAt,
      );
    });
    expect(failed).toMatchObject({ status: 'failed', trigger: 'reconcile' });
    expect(failed.message).toContain('exceeded quota: waymark-quota');
    expect(
      (await as('dev').get('/deployments/basket-development/basket')).body,
    ).toMatchObject({ state: 'failed', message: failed.message });
    cluster.stuck = undefined;
  });
});
