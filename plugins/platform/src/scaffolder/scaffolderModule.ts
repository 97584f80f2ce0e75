import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { PlainLogScaffolderClient } from './PlainLogScaffolderClient';

/** Replaces the scaffolder's client by one whose logs hold no stacks. @public */
export const scaffolderModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: scaffolderApiRef,
          deps: {
            discoveryApi: discoveryApiRef,
            fetchApi: fetchApiRef,
            identityApi: identityApiRef,
            scmIntegrationsApi: scmIntegrationsApiRef,
          },
          factory: deps => new PlainLogScaffolderClient(deps),
        }),
    }),
  ],
});
