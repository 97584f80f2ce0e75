import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  DEFAULT_NAMESPACE_SETTINGS,
  DEFAULT_SIZES,
  namespaceObjects,
} from '@waymark/plugin-platform-common';
import {
  clusterServiceRef,
  gitProviderServiceRef,
} from '@waymark/plugin-platform-node';
import express from 'express';
import { platformPlugin } from '../plugin';
import { FakeCluster } from '../testing/FakeCluster';
import { FakeGit } from '../testing/FakeGit';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['SQLITE_3'],
  disableDocker: true,
});

/** Takes deployment events as the DORA plugin does, and keeps who sent them. */
function fakeDora(received: { from: string; events: any[] }[]) {
  return createBackendPlugin({
    pluginId: 'dora',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          auth: coreServices.httpAuth,
        },
        async init({ http, auth }) {
          const router = express.Router();
          router.use(express.json());
          router.post('/v1/deployments', async (req, res) => {
            const { principal } = await auth.credentials(req, {
              allow: ['service'],
            });
            received.push({ from: principal.subject, events: req.body });
            res.status(202).json({
              accepted: req.body.length,
              duplicates: 0,
              rejected: [],
            });
          });
          http.use(router);
        },
      });
    },
  });
}

describe('reporting local deliveries', () => {
  it('tells the plugin that is configured of what was delivered, as one rollout', async () => {
    const received: { from: string; events: any[] }[] = [];
    const cluster = new FakeCluster();
    const git = new FakeGit();
    const revision = git.push('team-payments/basket', {
      'deploy/configmap.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: basket }\n',
    });
    for (const environment of ['development', 'production'] as const) {
      await cluster.apply(
        namespaceObjects({
          name: `basket-${environment}`,
          owner: 'group:default/team-payments',
          component: 'basket',
          environment,
          sizeName: 'small',
          size: DEFAULT_SIZES.small,
          settings: DEFAULT_NAMESPACE_SETTINGS,
        }),
      );
    }
    const knex = await databases.init('SQLITE_3');
    const scheduler = mockServices.scheduler();
    const backend = await startTestBackend({
      features: [
        platformPlugin,
        fakeDora(received),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.database.mock({ getClient: async () => knex }).factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:7007' },
            platform: {
              localDelivery: {
                reconcileInterval: { seconds: 1 },
                reportTo: 'dora',
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
      ],
    });
    await scheduler.triggerTask('platform-local-delivery-reconcile');
    const events = () => received.flatMap(each => each.events);
    for (let tries = 0; tries < 200 && events().length < 2; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    await backend.stop();

    expect(new Set(received.map(({ from }) => from))).toEqual(
      new Set(['plugin:platform']),
    );
    const [one, other] = events();
    expect([one.environment, other.environment].sort()).toEqual([
      'development',
      'production',
    ]);
    expect(one).toMatchObject({
      source: 'waymark-delivery',
      service: 'component:default/basket',
      status: 'success',
      revision,
      rolloutId: other.rolloutId,
      url: 'http://localhost:7007/catalog/default/component/basket/deployments',
    });
    const rows = await knex('deliveries').whereNull('reported_at');
    expect(rows).toEqual([]);
  });
});
