import type { FailedDeploymentRecoveryTime } from '@waymark/plugin-dora-common';
import { entityName, formatDuration } from '../../format';
import styles from './Deployments.module.css';

/** The failures that are not over, longest first. @internal */
export function OngoingList(props: {
  readonly ongoing: FailedDeploymentRecoveryTime['ongoing'];
}) {
  if (props.ongoing.length === 0) return null;
  return (
    <section className={styles.section} aria-label="Not recovered yet">
      <h3 className={styles.title}>Not recovered yet</h3>
      <ul className={styles.ongoing}>
        {props.ongoing.map(({ deployment, service, sinceSeconds }) => (
          <li key={`${service} ${deployment}`}>
            {entityName(service)}, {deployment}: for{' '}
            {formatDuration(sinceSeconds)}
          </li>
        ))}
      </ul>
    </section>
  );
}
