import { entityName, formatInstant, plural } from '../../format';
import { useRoving } from '../../hooks';
import { EntityLink } from '../EntityLink';
import { DeploymentIcon, lookOf } from './DeploymentIcon';
import type { LaneData } from './lanes';
import styles from './Timeline.module.css';

/** The deployments of one service as buttons in a row, above its incidents. @internal */
export function Lane(props: {
  readonly lane: LaneData;
  readonly timezone: string;
  /** Whether the service is named. */
  readonly named: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { lane, timezone, named, onOpen } = props;
  const { service, deployments, incidents } = lane;
  const { onKeyDown, propsOf } = useRoving(deployments.length);
  return (
    <div
      className={styles.lane}
      role="group"
      aria-label={`${entityName(service)}: ${plural(
        deployments.length,
        'deployment',
      )}, ${plural(incidents.length, 'incident')}`}
    >
      {named && (
        <span className={styles.name}>
          <EntityLink entityRef={service} />
        </span>
      )}
      <div className={styles.track}>
        {incidents.map(({ item, from, to }) => (
          <span
            key={item.id}
            className={styles.incident}
            // Its place is a measure, which no class can hold.
            style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
            title={item.title ?? item.externalId}
          />
        ))}
        {deployments.map(({ item, from }, index) => {
          const look = lookOf(item);
          return (
            <button
              {...propsOf(index)}
              key={item.id}
              type="button"
              className={`${styles.deployment} ${styles[look]}`}
              style={{ left: `${from * 100}%` }}
              aria-haspopup="dialog"
              aria-label={[
                formatInstant(item.finishedAt!, timezone),
                item.version,
                ...wordsOf(item),
              ]
                .filter(Boolean)
                .join(', ')}
              onKeyDown={onKeyDown}
              onClick={() => onOpen(item.id)}
            >
              <DeploymentIcon look={look} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

function wordsOf(row: LaneData['deployments'][number]['item']): string[] {
  const result = row.status === 'success' ? 'successful' : 'broke off';
  return [
    row.failed ? 'failed' : result,
    row.rework ? 'rework' : '',
    row.incidents.length ? plural(row.incidents.length, 'incident') : '',
  ];
}
