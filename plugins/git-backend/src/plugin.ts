import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { readGitConfig } from './config';
import { createGitHost } from './GitHost';

/**
 * Embedded Git hosting: smart HTTP, the part of Gitea's API that Backstage uses, and access tokens.
 * @public
 */
export const gitPlugin = createBackendPlugin({
  pluginId: 'git',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        scmEvents: catalogScmEventsServiceRef,
      },
      async init({ httpRouter, config: rootConfig, ...services }) {
        const config = readGitConfig(rootConfig);
        if (!config) {
          services.logger.info(
            'Embedded Git hosting is off: git.directory is not set',
          );
          httpRouter.use(() => {
            throw new NotFoundError(
              'Embedded Git hosting is off: git.directory is not set',
            );
          });
          return;
        }
        const host = await createGitHost({ config, ...services });
        // Git speaks HTTP Basic, which Backstage does not know; every route but the redirect has its own guard.
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.use(host.router);
      },
    });
  },
});
