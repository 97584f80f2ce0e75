import { Link } from '@backstage/ui';
import type { DeploymentRole } from '@waymark/plugin-dora-common';
import type { ReactNode } from 'react';
import type { DeploymentDetail } from '../../api';
import { formatDuration, formatInstant, shortRevision } from '../../format';
import { DeploymentState } from '../Deployments';
import { EntityLink } from '../EntityLink';
import styles from './DeploymentDialog.module.css';

const ROLES: Record<DeploymentRole, string> = {
  first: 'The first deployment of the service',
  new: 'Brought a new revision',
  redeployment: 'Deployed the live revision again',
  rollback: 'Rolled back to a revision that was live before',
  older: 'Deployed an older revision than the live one',
  unsuccessful: 'Did not succeed',
};

/** What is known of a deployment. @internal */
export function DeploymentFacts(props: {
  readonly deployment: DeploymentDetail;
  readonly timezone: string;
}) {
  const { deployment, timezone } = props;
  const { startedAt, finishedAt, revision, url, role } = deployment;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Result', <DeploymentState deployment={deployment} />],
    ['Service', <EntityLink entityRef={deployment.service} />],
    ['Environment', deployment.environment],
    [
      'Revision',
      revision && <code title={revision}>{shortRevision(revision)}</code>,
    ],
    ['Finished', finishedAt && formatInstant(finishedAt, timezone)],
    [
      'Took',
      startedAt &&
        finishedAt &&
        formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000),
    ],
    ['What it was', role && ROLES[role]],
    ['Recovered', recovered(deployment)],
    ['Counted', deployment.notCountedBecause],
    ['Rollout', deployment.rolloutId],
    [
      'Sent by',
      <>
        {deployment.source}
        {deployment.sample && ' (sample data)'}, as{' '}
        {url ? (
          <Link href={url}>{deployment.externalId}</Link>
        ) : (
          deployment.externalId
        )}
      </>,
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function recovered({ recovery }: DeploymentDetail): string | undefined {
  if (!recovery) return undefined;
  return typeof recovery.seconds === 'number'
    ? `After ${formatDuration(recovery.seconds)}`
    : 'Not yet';
}
