import type { DeploymentRow } from '../../api';
import {
  entityName,
  formatDuration,
  formatInstant,
  plural,
  shortRevision,
} from '../../format';
import { EntityLink } from '../EntityLink';
import { type Column, DataTable } from '../TimeChart';
import { DeploymentState } from './DeploymentState';
import styles from './Deployments.module.css';

/** Deployments, each with the way to what made it count as it does. @internal */
export function DeploymentTable(props: {
  readonly caption: string;
  readonly deployments: readonly DeploymentRow[];
  readonly timezone: string;
  /** They are those of several services. */
  readonly mixed: boolean;
  readonly onOpen: (id: string) => void;
}) {
  return (
    <DataTable
      isTall
      caption={props.caption}
      columns={columns(props)}
      rows={props.deployments}
      rowKey={row => row.id}
    />
  );
}

function columns(options: {
  readonly timezone: string;
  readonly mixed: boolean;
  readonly onOpen: (id: string) => void;
}): readonly Column<DeploymentRow>[] {
  const { timezone, mixed, onOpen } = options;
  const time = (row: DeploymentRow) => {
    const instant = row.finishedAt ?? row.startedAt;
    return instant ? formatInstant(instant, timezone) : 'Not finished';
  };
  const service: Column<DeploymentRow> = {
    title: 'Service',
    cell: row => (
      <div className={styles.long}>
        <EntityLink entityRef={row.service} />
      </div>
    ),
  };
  return [
    {
      title: 'Finished',
      cell: row => (
        <button
          type="button"
          className={styles.open}
          aria-haspopup="dialog"
          aria-label={`Deployment of ${entityName(row.service)}, ${time(
            row,
          )}: details`}
          onClick={() => onOpen(row.id)}
        >
          {time(row)}
        </button>
      ),
    },
    ...(mixed ? [service] : []),
    { title: 'Result', cell: row => <DeploymentState deployment={row} /> },
    {
      title: 'Version',
      cell: row => (
        <div className={styles.long}>
          {row.version ?? (row.revision ? shortRevision(row.revision) : '')}
        </div>
      ),
    },
    { title: 'Changes', cell: changes },
    {
      title: 'Incidents',
      cell: row =>
        row.incidents.length
          ? plural(row.incidents.length, 'incident')
          : 'None',
    },
    {
      title: 'Environment',
      cell: row => <div className={styles.long}>{row.environment}</div>,
    },
  ];
}

function changes({
  changes: { state, count, samples, medianSeconds },
}: DeploymentRow) {
  if (state === 'wanted') return 'Not known yet';
  if (state === 'unavailable') return 'Not known';
  const lead =
    typeof medianSeconds === 'number'
      ? `, median ${formatDuration(medianSeconds)}`
      : '';
  return samples === count
    ? `${count}${lead}`
    : `${count}, ${samples} new${lead}`;
}
