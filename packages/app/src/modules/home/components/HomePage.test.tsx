import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { fetchApiRef } from '@backstage/core-plugin-api';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HomePage } from './HomePage';

const checkout = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    description: 'Turns a basket into an order',
  },
  spec: { type: 'service', owner: 'team-payments', lifecycle: 'production' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-payments' }],
};

const delivery = {
  id: '1',
  namespace: 'checkout-development',
  component: 'checkout',
  owner: 'group:default/team-payments',
  repository: 'team-payments/checkout',
  revision: '0123456789abcdef',
  trigger: 'push',
  status: 'failed',
  message: 'ClusterRole is cluster-scoped',
  createdAt: new Date().toISOString(),
};

const status = {
  cluster: { state: 'ready', message: 'Kubernetes v1.32', local: true },
  gitProvider: {
    type: 'embedded',
    host: 'localhost:7007',
    state: 'ready',
    message: 'It answers',
  },
  docs: { state: 'absent', message: 'Install mkdocs with pip' },
};

function setUp(options: { statusFails?: boolean } = {}) {
  const failing = { status: options.statusFails ?? false };
  const fetchMock = jest.fn(async (input: RequestInfo | URL) => {
    const url = String(input);
    if (url.includes('/deliveries'))
      return Response.json({ items: [delivery] });
    return failing.status
      ? Response.json(
          { error: { name: 'Error', message: 'The database is away' } },
          { status: 503 },
        )
      : Response.json(status);
  });
  renderInTestApp(<HomePage />, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/dev',
          ownershipEntityRefs: ['group:default/team-payments'],
        }),
      ],
      [catalogApiRef, catalogApiMock({ entities: [checkout] })],
      [
        scaffolderApiRef,
        {
          listTasks: async () => ({
            tasks: [
              {
                id: 't1',
                status: 'processing',
                createdAt: new Date().toISOString(),
                spec: {
                  parameters: { name: 'invoices' },
                  templateInfo: {
                    entity: { metadata: { title: 'Create New Service' } },
                  },
                },
              },
            ],
            totalTasks: 1,
          }),
        } as never,
      ],
      [fetchApiRef, { fetch: fetchMock as typeof fetch }],
    ],
  });
  return failing;
}

const block = (name: string) => screen.findByRole('region', { name });

describe('HomePage', () => {
  it('shows what is mine, with how it went', async () => {
    setUp();

    const components = within(await block('Components of my teams'));
    expect(
      await components.findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
    expect(await components.findByText('Failed')).toBeVisible();

    const deliveries = within(await block('Latest deliveries'));
    expect(
      await deliveries.findByText(/0123456 to checkout-development/),
    ).toHaveTextContent(/ClusterRole is cluster-scoped/);

    const runs = within(await block('My runs'));
    expect(
      await runs.findByRole('link', { name: 'Create New Service: invoices' }),
    ).toHaveAttribute('href', '/create/tasks/t1');
  });

  it('says what is missing and what failed, and loads again on demand', async () => {
    const failing = setUp({ statusFails: true });

    const health = within(await block('Health'));
    expect(await health.findByRole('alert')).toHaveTextContent(
      /Health could not be loaded/,
    );

    failing.status = false;
    await userEvent.click(health.getByRole('button', { name: 'Try again' }));
    expect(await health.findByText('Install mkdocs with pip')).toBeVisible();
    expect(health.getByText('Missing')).toBeVisible();
  });
});
