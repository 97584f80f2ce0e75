import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  createLocalSignInResolver,
  localAuthenticator,
} from './localAuthenticator';
import { assertLoopback } from './loopback';
import { listPeople } from './People';
import { createRouter } from './router';

/**
 * Signs people in without a password where `auth.providers.local` stands, on loopback only.
 *
 * @public
 */
export const authModuleLocalProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'local-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, httpRouter, providers }) {
        if (!config.has('auth.providers.local')) return;
        // Here and not in the factory: with NODE_ENV=development the auth backend turns a
        // factory's error into a warning and starts all the same.
        assertLoopback(config);
        const people = () => listPeople({ auth, catalog });
        providers.registerProvider({
          providerId: 'local',
          factory: createProxyAuthProviderFactory({
            authenticator: localAuthenticator,
            signInResolver: createLocalSignInResolver({ people }),
          }),
        });
        httpRouter.use(createRouter({ people }));
        httpRouter.addAuthPolicy({
          path: '/local/people',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
