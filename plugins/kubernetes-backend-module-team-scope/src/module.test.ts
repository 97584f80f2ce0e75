import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import type { FetchResponse } from '@backstage/plugin-kubernetes-common';
import {
  kubernetesAuthStrategyExtensionPoint,
  kubernetesFetcherExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { kubernetesModuleTeamScope } from './module';

const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout' },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-payments' },
};
const WITH_SELECTOR = {
  ...ENTITY,
  metadata: {
    name: 'curious',
    annotations: { 'backstage.io/kubernetes-label-selector': 'app' },
  },
};
const WITH_PATH = {
  ...ENTITY,
  metadata: {
    name: 'sly',
    annotations: { 'backstage.io/kubernetes-namespace': '../secrets' },
  },
};

const namespace = (name: string, owner?: string) => ({
  metadata: {
    name,
    labels: owner ? { 'platform.waymark.dev/owner': owner } : {},
    annotations: owner
      ? { 'platform.waymark.dev/owner-ref': `group:default/${owner}` }
      : {},
  },
});
const pod = (inNamespace?: string) => ({
  metadata: { name: `pod-${inNamespace}`, namespace: inNamespace },
});

/** What the cluster answers by kind, whoever asks for whatever labels. */
const LISTS: Record<string, object[]> = {
  namespaces: [
    namespace('checkout-development', 'team-payments'),
    namespace('storefront-development', 'team-storefront'),
  ],
  pods: [
    pod('checkout-development'),
    pod('storefront-development'),
    pod('kube-system'),
    pod(),
  ],
  secrets: [{ metadata: { name: 's', namespace: 'checkout-development' } }],
};

describe('kubernetesModuleTeamScope', () => {
  let ownersAnswer: number;
  let asked: string[];

  beforeEach(() => {
    ownersAnswer = 200;
    asked = [];
  });

  /** In place of the plugin's own, whose client is an ES module that Jest cannot load. */
  const testCluster = createBackendModule({
    pluginId: 'kubernetes',
    moduleId: 'test-cluster',
    register(env) {
      env.registerInit({
        deps: {
          fetcher: kubernetesFetcherExtensionPoint,
          auth: kubernetesAuthStrategyExtensionPoint,
        },
        async init({ fetcher, auth }) {
          auth.addAuthStrategy('serviceAccount', {
            getCredential: async () => ({ type: 'bearer token', token: 't' }),
            validateCluster: () => [],
            presentAuthMetadata: () => ({}),
          });
          fetcher.addFetcher({
            fetchPodMetricsByNamespaces: async () => ({
              errors: [],
              responses: [],
            }),
            fetchObjectsForService: async query => {
              const types = [
                ...query.objectTypesToFetch,
                ...query.customResources,
              ];
              asked.push(...types.map(({ plural }) => plural));
              if (ownersAnswer === 0) {
                throw Object.assign(
                  new Error('request to https://127.0.0.1:1 failed'),
                  { name: 'FetchError' },
                );
              }
              const failed =
                ownersAnswer !== 200 && query.serviceId === 'namespaces';
              return failed
                ? { errors: [{ errorType: 'SYSTEM_ERROR' }], responses: [] }
                : {
                    errors: [],
                    responses: types.map(
                      ({ objectType, plural }) =>
                        ({
                          type: objectType,
                          resources: LISTS[plural] ?? [],
                        } as FetchResponse),
                    ),
                  };
            },
          });
        },
      });
    },
  });

  async function startPortal(...groups: string[]) {
    const { server } = await startTestBackend({
      features: [
        kubernetesPlugin,
        testCluster,
        kubernetesModuleTeamScope,
        catalogServiceMock.factory({
          entities: [ENTITY, WITH_SELECTOR, WITH_PATH],
        }),
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/mock',
            ownershipEntityRefs: groups,
          }),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            platform: { administrators: ['group:default/team-platform'] },
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'local',
                      url: 'https://127.0.0.1:1',
                      authProvider: 'serviceAccount',
                      skipMetricsLookup: true,
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
    return server;
  }

  type Portal = Awaited<ReturnType<typeof startPortal>>;

  const objectsOf = (portal: Portal, entity: object) =>
    request(portal)
      .post('/api/kubernetes/services/any')
      .send({ entity, auth: {} });

  const customObjects = (portal: Portal, plural: string) =>
    request(portal)
      .post('/api/kubernetes/resources/custom/query')
      .send({
        entityRef: 'component:default/checkout',
        auth: {},
        customResources: [{ group: '', apiVersion: 'v1', plural }],
      });

  function namespacesIn(body: {
    items: {
      resources: { resources: { metadata: { namespace?: string } }[] }[];
    }[];
  }) {
    return body.items.flatMap(item =>
      item.resources.flatMap(({ resources }) =>
        resources.map(({ metadata }) => metadata.namespace),
      ),
    );
  }

  it("shows a member the team's namespaces and names the owner of the others", async () => {
    const portal = await startPortal('group:default/team-payments');
    const { status, body } = await objectsOf(portal, ENTITY);
    expect(status).toBe(200);
    expect(namespacesIn(body)).toEqual(['checkout-development']);
    expect(body.items[0].errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message:
          'The namespace "storefront-development" belongs to team-storefront: only its members see what is in it.',
      },
      {
        errorType: 'FETCH_ERROR',
        message:
          'What is in the namespace "kube-system" is not shown: it belongs to no team.',
      },
    ]);
  });

  it('tells nothing of other teams where the entity chose the labels', async () => {
    const portal = await startPortal('group:default/team-payments');
    const { body } = await objectsOf(portal, WITH_SELECTOR);
    expect(namespacesIn(body)).toEqual(['checkout-development']);
    expect(JSON.stringify(body)).not.toContain('storefront');
  });

  it('shows nobody of no team anything', async () => {
    const portal = await startPortal();
    const { body } = await objectsOf(portal, ENTITY);
    expect(namespacesIn(body)).toEqual([]);
  });

  it('shows administrators every namespace, and still nothing cluster-scoped', async () => {
    const portal = await startPortal('group:default/team-platform');
    const { body } = await objectsOf(portal, ENTITY);
    expect(namespacesIn(body)).toEqual([
      'checkout-development',
      'storefront-development',
      'kube-system',
    ]);
    expect(body.items[0].errors).toEqual([]);
  });

  it('shows nothing while the owners cannot be read', async () => {
    ownersAnswer = 500;
    const portal = await startPortal('group:default/team-payments');
    const { body } = await objectsOf(portal, ENTITY);
    expect(namespacesIn(body)).toEqual([]);
    expect(body.items[0].errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('owners of its namespaces'),
      }),
    ]);
  });

  it('says where to look when the cluster does not answer', async () => {
    ownersAnswer = 0;
    const portal = await startPortal('group:default/team-payments');
    const { status, body } = await objectsOf(portal, ENTITY);
    expect(status).toBe(200);
    expect(body.items[0].errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message:
          'The cluster "local" does not answer. The home page shows how it is doing; try again when it is ready.',
      },
    ]);
  });

  it('scopes other kinds as well, and never asks for Secrets', async () => {
    const portal = await startPortal('group:default/team-payments');
    const pods = await customObjects(portal, 'pods');
    expect(namespacesIn(pods.body)).toEqual(['checkout-development']);
    const namespaces = await customObjects(portal, 'namespaces');
    expect(namespacesIn(namespaces.body)).toEqual([]);
    asked = [];
    const secrets = await customObjects(portal, 'secrets');
    expect(secrets.status).toBe(403);
    const sneaked = await customObjects(portal, 'secrets/s');
    expect(sneaked.status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('asks for nothing outside the path of a namespace', async () => {
    const portal = await startPortal('group:default/team-payments');
    const { body } = await objectsOf(portal, WITH_PATH);
    expect(JSON.stringify(body)).toContain('not the name of a namespace');
    expect(asked).toEqual([]);
  });

  it('closes the proxy, for administrators too', async () => {
    const portal = await startPortal('group:default/team-platform');
    const { status } = await request(portal)
      .get('/api/kubernetes/proxy/api/v1/namespaces')
      .set('Backstage-Kubernetes-Cluster', 'local');
    expect(status).toBe(403);
    expect(asked).toEqual([]);
  });
});
