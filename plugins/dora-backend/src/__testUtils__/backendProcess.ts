import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { doraPlugin } from '../plugin';
import { component } from './component';

/*
 * A backend of its own process, with just this plugin, for tests that kill it
 * and for measurements:
 *   node --require @backstage/cli/config/nodeTransform.cjs backendProcess.ts
 * Environment: PORT, DATABASE_URL, SERVICES (how many Components the catalog has).
 */
const { PORT, DATABASE_URL, SERVICES = '1' } = process.env;

const backend = createBackend();
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: `http://127.0.0.1:${PORT}`,
        listen: { host: '127.0.0.1', port: Number(PORT) },
        database: {
          client: 'pg',
          connection: DATABASE_URL!,
          pluginDivisionMode: 'schema',
          ensureSchemaExists: true,
        },
      },
      dora: { retention: { events: false } },
    },
  }),
);
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(mockServices.permissions.factory());
backend.add(mockServices.auditor.factory());
backend.add(mockServices.rootLogger.factory());
backend.add(
  catalogServiceMock.factory({
    entities: Array.from({ length: Number(SERVICES) }, (_, index) =>
      component(`service-${index}`),
    ),
  }),
);
backend.add(doraPlugin);
backend.start();
