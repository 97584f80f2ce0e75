import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type AccessToken, type GitApi, gitApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { TokensPage } from './TokensPage';

const secret = `wmk_${'x'.repeat(40)}`;

function open(overrides: Partial<GitApi> = {}) {
  let items: AccessToken[] = [];
  const api: Partial<GitApi> = {
    listTokens: jest.fn(async () => ({
      items,
      defaultLifetime: 30 * 86_400,
      maxLifetime: 90 * 86_400,
    })),
    createToken: jest.fn(async ({ name, lifetime }) => {
      const token = {
        id: '1',
        name,
        prefix: 'wmk_xxxx',
        createdAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + lifetime * 1000).toISOString(),
      };
      items = [token];
      return { ...token, token: secret };
    }),
    revokeToken: jest.fn(async () => {
      items = [];
    }),
    ...overrides,
  };
  renderInTestApp(
    <TestApiProvider apis={[[gitApiRef, api as GitApi]]}>
      <TokensPage />
    </TestApiProvider>,
    { mountedRoutes: { '/git': rootRouteRef } },
  );
  return api;
}

describe('TokensPage', () => {
  it('makes a token, shows it once, and revokes it after a question', async () => {
    const api = open();
    expect(await screen.findByText(/You have no access token/)).toBeVisible();
    const button = screen.getByRole('button', { name: 'Create access token' });
    expect(button).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Name/), 'laptop');
    await userEvent.click(button);
    expect(api.createToken).toHaveBeenCalledWith({
      name: 'laptop',
      lifetime: 30 * 86_400,
    });
    expect(await screen.findByText(secret)).toBeVisible();

    await userEvent.click(
      await screen.findByRole('button', { name: 'Revoke laptop' }),
    );
    expect(api.revokeToken).not.toHaveBeenCalled();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Revoke' }),
    );
    await waitFor(() => expect(api.revokeToken).toHaveBeenCalledWith('1'));
    expect(await screen.findByText(/You have no access token/)).toBeVisible();
    expect(screen.queryByText(secret)).toBeNull();
  });

  it('says why a token was not made', async () => {
    open({
      createToken: async () => {
        throw new Error('You have 50 access tokens');
      },
    });
    await userEvent.type(await screen.findByLabelText(/Name/), 'laptop');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create access token' }),
    );
    expect(await screen.findByText('You have 50 access tokens')).toBeVisible();
  });
});
