import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  clusterServiceRef,
  gitProviderServiceRef,
} from '@waymark/plugin-platform-node';
import { createDeploymentWaitAction } from './actions/createDeploymentWaitAction';
import { createNamespaceAction } from './actions/createNamespaceAction';
import { createRepositoryAction } from './actions/createRepositoryAction';
import { PlatformClient } from './platform/PlatformClient';

/** The template actions `platform:*`. @public */
export const scaffolderModulePlatform = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'platform',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        clusters: clusterServiceRef,
        discovery: coreServices.discovery,
        git: gitProviderServiceRef,
      },
      async init({ actions, clusters, git, ...deps }) {
        const platform = new PlatformClient(deps);
        actions.addActions(
          createRepositoryAction({ platform, git }),
          createNamespaceAction({ platform, clusters, git }),
          createDeploymentWaitAction({ platform }),
        );
      },
    });
  },
});
