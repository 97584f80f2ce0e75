import { Link, Skeleton } from '@backstage/ui';
import type { IncidentRow, WindowQuery } from '../../api';
import { formatDuration, formatInstant } from '../../format';
import { useDora, usePages } from '../../hooks';
import { EntityLink } from '../EntityLink';
import { LoadFailure } from '../LoadFailure';
import { type Column, DataTable } from '../TimeChart';
import styles from './Deployments.module.css';
import { MoreButton } from './MoreButton';

/** The incidents of a window, and the deployments that they are attributed to. @internal */
export function IncidentTable(props: {
  readonly query: WindowQuery;
  readonly timezone: string;
  /** They are those of several services. */
  readonly mixed: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { query } = props;
  const api = useDora();
  const pages = usePages(JSON.stringify(query), (cursor, signal) =>
    api.getIncidents({ ...query, cursor, limit: 50 }, signal),
  );
  return (
    <section className={styles.section} aria-label="Incidents of this period">
      <h3 className={styles.title}>Incidents</h3>
      {pages.error && (
        <LoadFailure
          title="The incidents could not be loaded"
          error={pages.error}
          onRetry={pages.loadMore}
        />
      )}
      {pages.state === 'loading' && pages.items.length === 0 && (
        <Skeleton width="100%" height={120} />
      )}
      {pages.state === 'ready' && pages.items.length === 0 && (
        <p className={styles.quiet}>No incident opened in this period.</p>
      )}
      {pages.items.length > 0 && (
        <div className={styles.table}>
          <DataTable
            caption="Incidents"
            columns={columns(props)}
            rows={pages.items}
            rowKey={row => row.id}
          />
        </div>
      )}
      <MoreButton pages={pages} noun="incident" />
    </section>
  );
}

function columns(options: {
  readonly timezone: string;
  readonly mixed: boolean;
  readonly onOpen: (id: string) => void;
}): readonly Column<IncidentRow>[] {
  const { timezone, mixed, onOpen } = options;
  const service: Column<IncidentRow> = {
    title: 'Service',
    cell: row => (
      <div className={styles.long}>
        <EntityLink entityRef={row.service} />
      </div>
    ),
  };
  return [
    { title: 'Opened', cell: row => formatInstant(row.openedAt, timezone) },
    ...(mixed ? [service] : []),
    {
      title: 'Incident',
      cell: row => (
        <div className={styles.long}>
          {row.url ? <Link href={row.url}>{nameOf(row)}</Link> : nameOf(row)}
        </div>
      ),
    },
    {
      title: 'Lasted',
      cell: ({ openedAt, resolvedAt }) =>
        resolvedAt
          ? formatDuration(
              (Date.parse(resolvedAt) - Date.parse(openedAt)) / 1000,
            )
          : 'Still open',
    },
    {
      title: 'Deployment',
      cell: ({ deployment }) =>
        deployment ? (
          <button
            type="button"
            className={styles.open}
            aria-haspopup="dialog"
            onClick={() => onOpen(deployment)}
          >
            Show
          </button>
        ) : (
          'Not linked to one'
        ),
    },
  ];
}

/** A title may be written in any direction. */
function nameOf({ title, externalId }: IncidentRow) {
  return <bdi>{title ?? externalId}</bdi>;
}
