import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Text } from '@backstage/ui';
import { useMemo } from 'react';
import { Logo } from '../../nav';
import { readSignInConfig } from '../config';
import { LocalSignIn } from './LocalSignIn';
import { OAuthSignIn } from './OAuthSignIn';
import styles from './SignInPage.module.css';

/**
 * What stands before the portal until it knows who is there.
 *
 * @internal
 */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const configApi = useApi(configApiRef);
  const { providers, oidcTitle } = useMemo(
    () => readSignInConfig(configApi),
    [configApi],
  );

  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="sign-in">
        <div className={styles.logo}>
          <Logo />
        </div>
        <Text as="h1" id="sign-in" variant="title-small" weight="bold">
          Sign in to Waymark
        </Text>
        {providers.map(provider =>
          provider === 'local' ? (
            <LocalSignIn key={provider} onSignInSuccess={onSignInSuccess} />
          ) : (
            <OAuthSignIn
              key={provider}
              provider={provider}
              title={provider === 'github' ? 'GitHub' : oidcTitle}
              onSignInSuccess={onSignInSuccess}
            />
          ),
        )}
      </section>
    </main>
  );
}
