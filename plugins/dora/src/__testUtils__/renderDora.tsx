import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { configApiRef } from '@backstage/frontend-plugin-api';
import { Suspense } from 'react';
import { useLocation } from 'react-router-dom';
import { type DoraApi, doraApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { SERVICE_REFS } from './events';

/** Renders a part of the plugin at an address, with a backend and a catalog. */
export function renderDora(
  element: JSX.Element,
  options: {
    readonly api: DoraApi;
    readonly path?: string;
    readonly allowed?: boolean;
    readonly config?: Record<string, string>;
  },
) {
  const { api, path = '/', allowed = true, config = {} } = options;
  const entities = SERVICE_REFS.map(ref => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: ref.split('/')[1], namespace: 'default' },
  }));
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [doraApiRef, api],
        [catalogApiRef, catalogApiMock({ entities })],
        [configApiRef, mockApis.config({ data: { dora: config } })],
        [
          permissionApiRef,
          {
            authorize: async () =>
              ({ result: allowed ? 'ALLOW' : 'DENY' } as never),
          },
        ],
      ]}
    >
      <Suspense fallback={null}>{element}</Suspense>
      <Address />
    </TestApiProvider>,
    {
      initialRouteEntries: [path],
      mountedRoutes: {
        '/dora': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

function Address() {
  const { search } = useLocation();
  return <output data-testid="address">{decodeURIComponent(search)}</output>;
}
