import { createBackend } from '@backstage/backend-defaults';
import { configuredUrlReaderServiceFactory } from '@waymark/plugin-platform-node';
import { collectMetrics, metricsPlugin } from './metrics';

const metrics = collectMetrics();
const backend = createBackend();

backend.add(metricsPlugin(metrics));
backend.add(configuredUrlReaderServiceFactory);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-events-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@waymark/plugin-auth-backend-module-local-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@waymark/plugin-permission-backend-module-platform-policy'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@waymark/plugin-git-backend'));
backend.add(import('@waymark/plugin-platform-backend'));
backend.add(import('@waymark/plugin-dora-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(import('@waymark/plugin-scaffolder-backend-module-platform'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@waymark/plugin-kubernetes-backend-module-team-scope'));

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@waymark/plugin-techdocs-backend-module-safe-docs'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.start();
