import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { GitProvider } from './GitProvider';
import { createGitProvider } from './git/createGitProvider';

/** The Git host that `platform.git` names. @public */
export const gitProviderServiceRef = createServiceRef<GitProvider>({
  id: 'platform.git-provider',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => createGitProvider({ config }),
    }),
});
