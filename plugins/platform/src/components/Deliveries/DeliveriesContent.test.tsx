import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { Delivery } from '@waymark/plugin-platform-common';
import { platformApiRef, type PlatformApi } from '../../api';
import { EnvironmentsCard } from '../Environments';
import { DeliveriesContent } from './DeliveriesContent';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders' },
};

const succeeded: Delivery = {
  id: '1',
  namespace: 'orders-development',
  component: 'orders',
  owner: 'group:default/team-payments',
  environment: 'development',
  repository: 'team-payments/orders',
  revision: 'abcdef0123456789',
  trigger: 'push',
  status: 'succeeded',
  message: 'Rolled out orders.',
  createdAt: '2026-01-01T12:00:00.000Z',
  startedAt: '2026-01-01T12:00:01.000Z',
  finishedAt: '2026-01-01T12:01:06.000Z',
};

function render(api: Partial<PlatformApi>, content = <DeliveriesContent />) {
  renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, api as PlatformApi]]}>
      <EntityProvider entity={entity}>{content}</EntityProvider>
    </TestApiProvider>,
  );
}

describe('DeliveriesContent', () => {
  it('shows what was delivered where, and the log on demand', async () => {
    const getDelivery = jest.fn(async () => ({
      ...succeeded,
      log: [
        {
          at: '2026-01-01T12:00:02.000Z',
          level: 'warn' as const,
          message: 'Probes are taken out.',
        },
      ],
    }));
    const getDeliveries = jest.fn(async () => [succeeded]);
    render({ getDeliveries, getDelivery });

    expect(await screen.findByText('Succeeded')).toBeVisible();
    expect(screen.getByText('Rolled out orders.')).toBeVisible();
    expect(screen.getByText(/took 1 min 5 s, by a push/)).toBeVisible();
    expect(screen.getByRole('link', { name: /abcdef01/ })).toHaveAttribute(
      'href',
      '/git/team-payments/orders/commit/abcdef0123456789',
    );
    expect(getDeliveries).toHaveBeenCalledWith(
      { component: 'orders' },
      expect.anything(),
    );
    expect(getDelivery).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: /Log/ }));
    expect(await screen.findByText(/Probes are taken out/)).toBeVisible();
  });

  it('follows a delivery until it ends', async () => {
    const getDeliveries = jest
      .fn()
      .mockResolvedValueOnce([
        { ...succeeded, status: 'running', finishedAt: undefined },
      ])
      .mockResolvedValue([succeeded]);
    render({ getDeliveries });
    expect(await screen.findByText('Running')).toBeVisible();
    await waitFor(() => expect(screen.getByText('Succeeded')).toBeVisible(), {
      timeout: 5_000,
    });
  }, 10_000);

  it('keeps what it has, and says so, when a refresh fails', async () => {
    const getDeliveries = jest
      .fn()
      .mockResolvedValueOnce([{ ...succeeded, status: 'running' }])
      .mockRejectedValue(new Error('The portal is stopping.'));
    render({ getDeliveries });
    expect(await screen.findByText('Running')).toBeVisible();
    expect(
      await screen.findByText('The portal is stopping.', undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    expect(screen.getByText('Running')).toBeVisible();
  }, 10_000);

  it('delivers again what failed last', async () => {
    const failed = { ...succeeded, status: 'failed' as const, id: '2' };
    const getDeliveries = jest
      .fn()
      .mockResolvedValueOnce([failed, { ...failed, id: '1' }])
      .mockResolvedValue([{ ...failed, id: '3', status: 'queued' }]);
    const deliverAgain = jest.fn(async () => {});
    render({ getDeliveries, deliverAgain });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Deliver to orders-development again',
      }),
    );
    expect(deliverAgain).toHaveBeenCalledWith('orders-development');
    expect(await screen.findByText('Queued')).toBeVisible();
  });

  it('says what to do when there is nothing', async () => {
    render({ getDeliveries: async () => [] });
    expect(
      await screen.findByText('There is no deployment to show'),
    ).toBeVisible();
  });

  it('tries again after a failure', async () => {
    const getDeliveries = jest
      .fn()
      .mockRejectedValueOnce(new Error('Not now.'))
      .mockResolvedValue([succeeded]);
    render({ getDeliveries });
    expect(await screen.findByText('Not now.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Succeeded')).toBeVisible();
  });

  it('waits with a skeleton', async () => {
    render({ getDeliveries: () => new Promise(() => {}) });
    await waitFor(() =>
      expect(document.querySelector('[aria-busy="true"]')).not.toBeNull(),
    );
  });
});

describe('EnvironmentsCard', () => {
  it('shows the latest delivery of each environment, in order of promotion', async () => {
    render(
      {
        getDeliveries: async () => [
          {
            ...succeeded,
            id: '3',
            environment: 'staging',
            namespace: 'orders-staging',
            status: 'failed',
          },
          { ...succeeded, id: '2' },
          { ...succeeded, id: '1', status: 'failed' },
        ],
      },
      <EnvironmentsCard />,
    );
    expect(await screen.findAllByRole('listitem')).toHaveLength(2);
    const [development, staging] = screen.getAllByRole('listitem');
    expect(development).toHaveTextContent(
      /developmentorders-development.*Succeeded/,
    );
    expect(staging).toHaveTextContent(/staging.*Failed/);
  });
});
