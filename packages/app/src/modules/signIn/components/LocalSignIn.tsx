import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { Loaded, useLoad } from '../../../hooks';
import { explain } from '../explain';
import { LocalIdentity } from '../LocalIdentity';
import { fetchPeople } from '../people';
import { forget, recall, remember } from '../remembered';
import { PersonButton } from './PersonButton';
import styles from './SignInPage.module.css';

/** Milliseconds between two looks while the catalog is still being read. */
const STILL_LOADING_INTERVAL = 3000;

function isStillLoading(state: Loaded<unknown>): boolean {
  return (
    state.status === 'error' &&
    state.error instanceof ResponseError &&
    state.error.statusCode === 503
  );
}

/**
 * Lists the people of the sample organisation; one click is the sign-in.
 *
 * @internal
 */
export function LocalSignIn({
  onSignInSuccess,
}: Pick<SignInPageProps, 'onSignInSuccess'>) {
  const discoveryApi = useApi(discoveryApiRef);
  const [signingIn, setSigningIn] = useState<string | undefined>(() => {
    const last = recall();
    return last?.provider === 'local' ? last.userEntityRef : undefined;
  });
  const [failure, setFailure] = useState<Error>();
  const done = useRef(onSignInSuccess);
  done.current = onSignInSuccess;

  useEffect(() => {
    if (!signingIn) return undefined;
    let current = true;
    LocalIdentity.signIn({ discoveryApi, userEntityRef: signingIn }).then(
      identity => {
        if (!current) return;
        remember({ provider: 'local', userEntityRef: signingIn });
        done.current(identity);
      },
      (error: Error) => {
        if (!current) return;
        // Someone the catalog no longer knows is not tried again after the next reload.
        if (error instanceof ResponseError && error.statusCode === 404)
          forget();
        setFailure(error);
        setSigningIn(undefined);
      },
    );
    return () => {
      current = false;
    };
  }, [discoveryApi, signingIn]);

  const { state, retry } = useLoad(
    signal => fetchPeople(discoveryApi, signal),
    [discoveryApi],
    {
      again: last =>
        isStillLoading(last) ? STILL_LOADING_INTERVAL : undefined,
    },
  );

  return (
    <>
      <Text variant="body-medium" color="secondary">
        This portal runs on your machine. Choose who you want to be; no password
        is needed.
      </Text>
      {failure && state.status === 'ready' && (
        <Alert role="alert" status="danger" icon title={explain(failure)} />
      )}
      <People
        state={state}
        busy={signingIn}
        onRetry={() => {
          setFailure(undefined);
          retry();
        }}
        onChoose={ref => {
          setFailure(undefined);
          setSigningIn(ref);
        }}
      />
    </>
  );
}

function People(props: {
  state: Loaded<Awaited<ReturnType<typeof fetchPeople>>>;
  busy: string | undefined;
  onRetry: () => void;
  onChoose: (ref: string) => void;
}) {
  const { state, busy, onRetry, onChoose } = props;
  if (state.status === 'loading' || isStillLoading(state)) {
    return (
      <div role="status" className={styles.people}>
        {state.status === 'error' && (
          <Text variant="body-medium">{explain(state.error)}</Text>
        )}
        <Skeleton height={66} />
        <Skeleton height={66} />
        <Skeleton height={66} />
      </div>
    );
  }
  if (state.status === 'error') {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={explain(state.error)}
        customActions={
          <Button variant="secondary" size="small" onPress={onRetry}>
            Try again
          </Button>
        }
      />
    );
  }
  return (
    <ul className={styles.people} aria-label="People">
      {state.value.map(person => (
        <li key={person.ref}>
          <PersonButton
            person={person}
            isDisabled={busy !== undefined}
            onPress={() => onChoose(person.ref)}
          />
        </li>
      ))}
    </ul>
  );
}
