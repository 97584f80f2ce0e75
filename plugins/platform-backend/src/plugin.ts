import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  clusterServiceRef,
  gitProviderServiceRef,
} from '@waymark/plugin-platform-node';
import Router from 'express-promise-router';
import { readPlatformConfig } from './config';
import { createDelivery } from './delivery/createDelivery';
import { RequestService } from './requests/RequestService';
import { createRouter } from './router';
import { StatusService } from './status/StatusService';

/** The Platform API: offerings, guardrails, dry runs and local delivery. @public */
export const platformPlugin = createBackendPlugin({
  pluginId: 'platform',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusters: clusterServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        git: gitProviderServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const config = readPlatformConfig(deps.config);
        const deliveries = await createDelivery({
          ...deps,
          config,
          appUrl: deps.config.getOptionalString('app.baseUrl'),
        });
        const v1 = createRouter({
          ...deps,
          config,
          requests: new RequestService({ ...deps, config }),
          statuses: new StatusService({ ...deps, config }),
          deliveries,
        });
        const router = Router();
        router.use('/v1', v1);
        deps.httpRouter.use(router);
      },
    });
  },
});
