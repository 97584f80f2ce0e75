import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { readDoraConfig } from './config';
import { openDatabase } from './database/migrate';
import { createDerivation } from './derivation/createDerivation';
import { createRouter } from './router';

/** Takes deployments and incidents in and answers with DORA's five metrics. @public */
export const doraPlugin = createBackendPlugin({
  pluginId: 'dora',
  register(env) {
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
        permissions: coreServices.permissions,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const context = {
          ...deps,
          config: readDoraConfig(deps.rootConfig),
          database: await openDatabase(deps.database),
          now: () => Date.now(),
        };
        await createDerivation(context);
        deps.httpRouter.use(createRouter(context));
        deps.httpRouter.addAuthPolicy({
          path: '/v1/webhooks',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
