import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
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
import { FakeCluster } from '../src/testing/FakeCluster';
import { FakeGit } from '../src/testing/FakeGit';

// The Platform API by itself: one team with one service, whose first revision is delivered at once.
//   curl http://localhost:7007/api/platform/v1/deliveries
const owner = 'group:default/team-payments';

const git = new FakeGit();
git.push('team-payments/checkout', {
  'deploy/deployment.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout }
spec:
  replicas: 1
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: app
          image: ghcr.io/team-payments/checkout:0.1.0
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`,
});

const cluster = new FakeCluster();
void cluster.apply(
  namespaceObjects({
    name: 'checkout-development',
    owner,
    component: 'checkout',
    environment: 'development',
    sizeName: 'small',
    size: DEFAULT_SIZES.small,
    settings: DEFAULT_NAMESPACE_SETTINGS,
  }),
);

const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  createServiceFactory({
    service: clusterServiceRef,
    deps: {},
    factory: () => cluster,
  }),
);
backend.add(
  createServiceFactory({
    service: gitProviderServiceRef,
    deps: {},
    factory: () => git,
  }),
);
backend.add(
  createServiceFactory({
    service: coreServices.userInfo,
    deps: {},
    factory: () => ({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/dev',
        ownershipEntityRefs: ['user:default/dev', owner],
      }),
    }),
  }),
);
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'team-payments' },
        spec: { type: 'team', children: [] },
      },
    ],
  }),
);
backend.add(import('../src'));
backend.start();
