// This is the development app, which has no other place to load them.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import doraPlugin, { doraApiRef } from '../src';
import { FakeDora, makeEvents, SERVICE_REFS } from '../src/__testUtils__';

const entities = [
  ...SERVICE_REFS.map(ref => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: ref.split('/')[1], namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-shop' },
  })),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'not-deployed-yet', namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-shop' },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'team-shop', namespace: 'default' },
    spec: { type: 'team', children: [] },
  },
];

const fakes = createFrontendModule({
  pluginId: 'dora',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: doraApiRef,
          deps: {},
          factory: () =>
            new FakeDora(makeEvents(Date.now()), {
              sample: true,
              delayMs: 300,
            }),
        }),
    }),
  ],
});

const catalogFakes = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities }),
        }),
    }),
  ],
});

const signIn = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: async () =>
          function SignIn({ onSignInSuccess }) {
            useEffect(
              () =>
                onSignInSuccess({
                  getProfileInfo: async () => ({ displayName: 'Developer' }),
                  getBackstageIdentity: async () => ({
                    type: 'user',
                    userEntityRef: 'user:default/dev',
                    ownershipEntityRefs: ['user:default/dev'],
                  }),
                  getCredentials: async () => ({}),
                  signOut: async () => {},
                }),
              [onSignInSuccess],
            );
            return null;
          },
      },
    }),
  ],
});

const app = createApp({
  features: [catalogPlugin, doraPlugin, fakes, catalogFakes, signIn],
});

createRoot(document.getElementById('root')!).render(app.createRoot());
