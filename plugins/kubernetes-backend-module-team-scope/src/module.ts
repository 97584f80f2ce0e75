import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { withoutProxy } from './router';
import { TeamScopedObjectsProvider } from './TeamScopedObjectsProvider';

/**
 * Shows people the live state of their own teams' namespaces, and closes the Kubernetes proxy.
 * @public
 */
export const kubernetesModuleTeamScope = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'team-scope',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        objects: kubernetesObjectsProviderExtensionPoint,
        router: kubernetesRouterExtensionPoint,
        userInfo: coreServices.userInfo,
        auth: coreServices.auth,
      },
      async init({ config, logger, objects, router, userInfo, auth }) {
        const administrators =
          config.getOptionalStringArray('platform.administrators') ?? [];
        objects.addObjectsProvider(
          async ({ getDefault, fetcher, clusterSupplier, authStrategy }) =>
            new TeamScopedObjectsProvider({
              inner: await getDefault(),
              fetcher,
              clusterSupplier,
              authStrategy,
              auth,
              userInfo,
              logger,
              administrators,
            }),
        );
        router.addRouter(({ getDefault }) => withoutProxy(getDefault()));
      },
    });
  },
});
