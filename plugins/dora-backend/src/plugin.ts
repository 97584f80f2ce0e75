import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { doraPermissions } from '@waymark/plugin-dora-common';
import { doraChangesExtensionPoint } from '@waymark/plugin-dora-node';
import { ChangesProviders } from './changes/ChangesProviders';
import { readDoraConfig } from './config';
import { createParts } from './createParts';
import { openDatabase } from './database/migrate';
import { startGauges } from './gauges/startGauges';
import { createRouter } from './router';

/** Takes deployments and incidents in and answers with DORA's five metrics. @public */
export const doraPlugin = createBackendPlugin({
  pluginId: 'dora',
  register(env) {
    const providers = new ChangesProviders();
    env.registerExtensionPoint(doraChangesExtensionPoint, providers);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init({ metrics, ...deps }) {
        const context = {
          ...deps,
          config: readDoraConfig(deps.rootConfig),
          database: await openDatabase(deps.database),
          now: () => Date.now(),
        };
        deps.permissionsRegistry.addPermissions(doraPermissions);
        const parts = await createParts(context, providers);
        await startGauges(context, metrics);
        deps.httpRouter.use(createRouter(context, parts));
        // Webhooks are let in by their signature.
        deps.httpRouter.addAuthPolicy({
          path: '/v1/webhooks',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
