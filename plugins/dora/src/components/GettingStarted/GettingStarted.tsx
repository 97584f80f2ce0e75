import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import { useState } from 'react';
import { entityName } from '../../format';
import { useDora, useLoad } from '../../hooks';
import type { Scope } from '../../scope';
import { CopyField } from '../CopyField';
import { LoadFailure } from '../LoadFailure';
import { curlCommand } from './curlCommand';
import styles from './GettingStarted.module.css';
import { useExampleService } from './useExampleService';

/** How to send the first event, where there is none yet. @internal */
export function GettingStarted(props: { readonly scope: Scope }) {
  const { scope } = props;
  const api = useDora();
  const config = useApi(configApiRef);
  const [now] = useState(() => Date.now());
  const service = useExampleService(scope);
  const { result, refresh } = useLoad('base url', () => api.getBaseUrl());
  const tokenCommand = config.getOptionalString('dora.tokenCommand');
  const docsUrl = config.getOptionalString('dora.docsUrl');
  return (
    <section className={styles.box} aria-label="Send the first event">
      <h2>{titleOf(scope)}</h2>
      <p>
        Nothing has told of a deployment yet, so there is nothing to measure.
        Tell of one by hand to see how it looks:
      </p>
      <ol>
        <li>
          <div className={styles.step}>
            <p>Get a token that may send events.</p>
            {tokenCommand ? (
              <CopyField
                label="the command for a token"
                text={`TOKEN="$(${tokenCommand})"`}
              />
            ) : (
              <>
                <CopyField
                  label="the command for a token"
                  text='TOKEN="<a token of backend.auth.externalAccess>"'
                />
                <p className={styles.quiet}>
                  Events are sent by services, not by people. Whoever runs this
                  portal sets up a static token under{' '}
                  <code>backend.auth.externalAccess</code>.
                </p>
              </>
            )}
          </div>
        </li>
        <li>
          <div className={styles.step}>
            <p>Send a deployment that finished just now.</p>
            {result.state === 'ready' && service && (
              <CopyField
                label="the command that sends a deployment"
                text={curlCommand({ baseUrl: result.value, service, now })}
              />
            )}
            {result.state === 'failed' && (
              <LoadFailure
                title="The address of the backend is not known"
                error={result.error}
                onRetry={refresh}
              />
            )}
            {(result.state === 'loading' || !service) && (
              <Skeleton width="100%" height={120} />
            )}
          </div>
        </li>
      </ol>
      <p>
        This page shows it within seconds, by itself. For the real thing,
        connect your CI, Argo CD, GitHub, GitLab, PagerDuty or Alertmanager
        {docsUrl ? (
          <>
            {': '}
            <Link href={docsUrl}>how each source is connected</Link>.
          </>
        ) : (
          '.'
        )}
      </p>
    </section>
  );
}

function titleOf(scope: Scope): string {
  return scope.kind === 'organisation'
    ? 'No deployments yet'
    : `No deployments of ${entityName(scope.ref)} yet`;
}
