import { useApi } from '@backstage/frontend-plugin-api';
import { Container, Header, Skeleton, Text } from '@backstage/ui';
import { useState } from 'react';
import { type AccessToken, gitApiRef } from '../../api';
import { useLinks, useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import { NewToken } from './NewToken';
import { ShownToken } from './ShownToken';
import { TokenTable } from './TokenTable';
import styles from './TokensPage.module.css';

/** A person's access tokens: make one, see which there are, revoke. @internal */
export function TokensPage() {
  const api = useApi(gitApiRef);
  const links = useLinks();
  const [shown, setShown] = useState<AccessToken & { token: string }>();
  const { state, retry } = useLoad(signal => api.listTokens({ signal }), [api]);
  return (
    <>
      <Header
        title="Access tokens"
        description="Git asks for a password when you clone or push: give it an access token."
        breadcrumbs={[{ label: 'Repositories', href: links.list() }]}
      />
      <Container className={styles.page}>
        {shown && <ShownToken token={shown} />}
        {state.status === 'loading' && <Skeleton width="100%" height={240} />}
        {state.status === 'error' && (
          <LoadFailure
            title="Your access tokens could not be loaded"
            error={state.error}
            onRetry={retry}
          />
        )}
        {state.status === 'ready' && (
          <>
            <NewToken
              lifetimes={state.value}
              onCreated={token => {
                setShown(token);
                retry();
              }}
            />
            <section className={styles.section} aria-labelledby="tokens">
              <Text as="h2" variant="title-x-small" id="tokens">
                Your access tokens
              </Text>
              <TokenTable
                tokens={state.value.items}
                onRevoked={id => {
                  if (shown?.id === id) setShown(undefined);
                  retry();
                }}
              />
            </section>
          </>
        )}
      </Container>
    </>
  );
}
