import { Link } from '@backstage/ui';
import type { LinkedIncident } from '../../api';
import { formatDuration, formatInstant } from '../../format';
import styles from './DeploymentDialog.module.css';

/** The incidents that are attributed to a deployment. @internal */
export function IncidentList(props: {
  readonly incidents: readonly LinkedIncident[];
  readonly timezone: string;
}) {
  const { incidents, timezone } = props;
  if (incidents.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>Incidents</h3>
      <ul className={styles.reasons}>
        {incidents.map(({ id, title, url, severity, openedAt, resolvedAt }) => (
          <li key={id}>
            <bdi>
              {url ? <Link href={url}>{title ?? id}</Link> : title ?? id}
            </bdi>
            {severity && ` (${severity})`}: opened{' '}
            {formatInstant(openedAt, timezone)},{' '}
            {resolvedAt
              ? `resolved ${formatInstant(
                  resolvedAt,
                  timezone,
                )}, after ${formatDuration(
                  (Date.parse(resolvedAt) - Date.parse(openedAt)) / 1000,
                )}`
              : 'still open'}
          </li>
        ))}
      </ul>
    </section>
  );
}
