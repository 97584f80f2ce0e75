import { entityName, formatInstant } from '../../format';
import { type Column, DataTable } from '../TimeChart';
import type { LaneData } from './lanes';
import styles from './Timeline.module.css';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly service: string;
  readonly what: string;
  readonly name: string;
  readonly until?: string | null;
  readonly deployment?: string | null;
}

/** What the timeline draws, as a table, latest first. @internal */
export function TimelineTable(props: {
  readonly lanes: readonly LaneData[];
  readonly timezone: string;
  readonly onOpen: (id: string) => void;
}) {
  const { lanes, timezone, onOpen } = props;
  const columns: readonly Column<Entry>[] = [
    { title: 'When', cell: entry => formatInstant(entry.at, timezone) },
    { title: 'Service', cell: entry => entityName(entry.service) },
    { title: 'What', cell: entry => entry.what },
    { title: 'Name', cell: entry => <bdi>{entry.name}</bdi> },
    {
      title: 'Until',
      cell: ({ what, until }) => {
        if (what !== 'Incident') return '';
        return until ? formatInstant(until, timezone) : 'Still open';
      },
    },
    {
      title: 'Details',
      cell: ({ deployment, at }) =>
        deployment ? (
          <button
            type="button"
            className={styles.open}
            aria-haspopup="dialog"
            aria-label={`Show the deployment of ${formatInstant(at, timezone)}`}
            onClick={() => onOpen(deployment)}
          >
            Show
          </button>
        ) : (
          ''
        ),
    },
  ];
  return (
    <div className={styles.timeline}>
      <DataTable
        caption="Deployments and incidents"
        columns={columns}
        rows={lanes.flatMap(entriesOf).sort((a, b) => b.at.localeCompare(a.at))}
        rowKey={entry => entry.id}
      />
    </div>
  );
}

function entriesOf(lane: LaneData): readonly Entry[] {
  return [
    ...lane.deployments.map(({ item }) => ({
      id: `deployment ${item.id}`,
      at: item.finishedAt!,
      service: item.service,
      what: [
        item.failed ? 'Failed deployment' : 'Deployment',
        item.rework ? ', rework' : '',
      ].join(''),
      name: item.version ?? item.externalId,
      deployment: item.id,
    })),
    ...lane.incidents.map(({ item }) => ({
      id: `incident ${item.id}`,
      at: item.openedAt,
      service: item.service,
      what: 'Incident',
      name: item.title ?? item.externalId,
      until: item.resolvedAt,
      deployment: item.deployment,
    })),
  ];
}
