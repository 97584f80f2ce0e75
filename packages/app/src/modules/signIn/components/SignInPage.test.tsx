import { githubAuthApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { oidcAuthApiRef } from '../oidcAuthApiRef';
import { SignInPage } from './SignInPage';

const identity = {
  type: 'user' as const,
  userEntityRef: 'user:default/dev',
  ownershipEntityRefs: [],
};

function setUp() {
  const getBackstageIdentity = jest.fn();
  const authApi = {
    getBackstageIdentity,
    getProfile: async () => ({ displayName: 'Devon Reyes' }),
    signOut: async () => {},
  } as never;
  const onSignInSuccess = jest.fn();
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    config: {
      app: {
        signIn: {
          providers: ['github', 'oidc'],
          oidc: { title: 'Example ID' },
        },
      },
    },
    apis: [
      [githubAuthApiRef, authApi],
      [oidcAuthApiRef, authApi],
    ],
  });
  return { getBackstageIdentity, onSignInSuccess };
}

describe('SignInPage', () => {
  beforeEach(() => window.localStorage.clear());

  it('offers what is configured, and nothing without a password', async () => {
    setUp();

    const buttons = await screen.findAllByRole('button', { name: /Sign in/ });

    expect(buttons.map(button => button.textContent)).toEqual([
      'Sign in with GitHub',
      'Sign in with Example ID',
    ]);
    expect(screen.queryByText(/no password/)).not.toBeInTheDocument();
  });

  it('signs in with GitHub', async () => {
    const { getBackstageIdentity, onSignInSuccess } = setUp();
    getBackstageIdentity.mockResolvedValue({ identity, token: 'a.b.c' });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in with GitHub' }),
    );

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
  });

  it('says why sign-in did not work', async () => {
    const { getBackstageIdentity } = setUp();
    getBackstageIdentity.mockRejectedValue(new Error('Popup was closed'));

    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in with GitHub' }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Popup was closed',
    );
  });
});
