import { UserIdentity } from '@backstage/core-components';
import {
  ApiRef,
  BackstageIdentityApi,
  githubAuthApiRef,
  IdentityApi,
  ProfileInfoApi,
  SessionApi,
  useApi,
} from '@backstage/core-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../explain';
import { oidcAuthApiRef } from '../oidcAuthApiRef';
import { forget, recall, remember } from '../remembered';

type AuthApi = ProfileInfoApi & BackstageIdentityApi & SessionApi;

const API_REFS: Record<'github' | 'oidc', ApiRef<AuthApi>> = {
  github: githubAuthApiRef,
  oidc: oidcAuthApiRef,
};

/**
 * A button that signs in at GitHub or at an OIDC provider, and does so by itself after a reload.
 *
 * @internal
 */
export function OAuthSignIn(props: {
  provider: 'github' | 'oidc';
  title: string;
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
}) {
  const { provider, title, onSignInSuccess } = props;
  const authApi = useApi(API_REFS[provider]);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const done = useRef(onSignInSuccess);
  done.current = onSignInSuccess;

  useEffect(() => {
    if (recall()?.provider !== provider) return;
    signIn(authApi, { optional: true }).then(
      identity => identity && done.current(identity),
      // Without a session left the button is there to start a new one.
      () => undefined,
    );
  }, [authApi, provider]);

  const onPress = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      const identity = await signIn(authApi, { instantPopup: true });
      if (!identity) throw new Error(`${title} did not say who you are.`);
      remember({ provider });
      done.current(identity);
    } catch (error) {
      setFailure(error as Error);
      setPending(false);
    }
  };

  return (
    <>
      {failure && (
        <Alert role="alert" status="danger" icon title={explain(failure)} />
      )}
      <Button variant="primary" isPending={isPending} onPress={onPress}>
        Sign in with {title}
      </Button>
    </>
  );
}

async function signIn(
  authApi: AuthApi,
  options: { optional?: boolean; instantPopup?: boolean },
): Promise<IdentityApi | undefined> {
  const response = await authApi.getBackstageIdentity(options);
  if (!response) return undefined;
  const profile = await authApi.getProfile();
  const identity = UserIdentity.create({
    identity: response.identity,
    profile,
    authApi,
  });
  const signOut = identity.signOut.bind(identity);
  identity.signOut = async () => {
    forget();
    await signOut();
  };
  return identity;
}
