import { DeploymentIcon } from './DeploymentIcon';
import styles from './Timeline.module.css';

/** What the marks of the timeline mean. @internal */
export function TimelineLegend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <li className={styles.fine}>
        <DeploymentIcon look="fine" /> Deployment
      </li>
      <li className={styles.failed}>
        <DeploymentIcon look="failed" /> Failed deployment
      </li>
      <li className={styles.rework}>
        <DeploymentIcon look="rework" /> Rework
      </li>
      <li>
        <span className={`${styles.incident} ${styles.bar}`} /> Incident
      </li>
    </ul>
  );
}
