import { Skeleton, ToggleButton } from '@backstage/ui';
import { RiTable2 } from '@remixicon/react';
import { useState } from 'react';
import type { WindowQuery } from '../../api';
import { formatPeriod, plural } from '../../format';
import { useDora, useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import { Lane } from './Lane';
import { toLanes } from './lanes';
import { loadTimeline, SHOWN_AT_MOST } from './loadTimeline';
import { TimelineLegend } from './TimelineLegend';
import { TimelineTable } from './TimelineTable';
import styles from './Timeline.module.css';

const LANES_AT_MOST = 20;

/** Deployments with their incidents over time, a lane for each service. @internal */
export function TimelineSection(props: {
  readonly query: WindowQuery;
  readonly timezone: string;
  readonly onOpen: (id: string) => void;
}) {
  const { query, timezone, onOpen } = props;
  const api = useDora();
  const [asTable, setAsTable] = useState(false);
  const { result, refresh } = useLoad(
    `timeline ${JSON.stringify(query)}`,
    signal => loadTimeline(api, query, signal),
  );
  const loaded = result.state === 'ready' ? result.value : undefined;
  const lanes = loaded && toLanes(loaded, query);
  return (
    <section className={styles.section} aria-label="Timeline">
      <div className={styles.head}>
        <h2 className={styles.title}>Timeline</h2>
        <ToggleButton
          size="small"
          iconStart={<RiTable2 />}
          aria-label="Show as table: Timeline"
          isSelected={asTable}
          onChange={setAsTable}
        >
          Show as table
        </ToggleButton>
      </div>
      <p className={styles.quiet}>{formatPeriod(query, timezone)}</p>
      {result.state === 'loading' && (
        <div aria-busy="true">
          <Skeleton width="100%" height={240} />
        </div>
      )}
      {result.state === 'failed' && (
        <LoadFailure
          title="The timeline could not be loaded"
          error={result.error}
          onRetry={refresh}
        />
      )}
      {lanes?.length === 0 && (
        <p className={styles.quiet}>
          No deployment finished and no incident opened in this period.
        </p>
      )}
      {loaded?.cut && (
        <p className={styles.quiet}>
          The latest {SHOWN_AT_MOST} are shown; choose a shorter period to see
          the others.
        </p>
      )}
      {lanes && lanes.length > LANES_AT_MOST && !asTable && (
        <p className={styles.quiet}>
          The {LANES_AT_MOST} busiest of {plural(lanes.length, 'service')} are
          drawn; the table has all of them.
        </p>
      )}
      {lanes && lanes.length > 0 && asTable && (
        <TimelineTable lanes={lanes} timezone={timezone} onOpen={onOpen} />
      )}
      {lanes && lanes.length > 0 && !asTable && (
        <div className={styles.timeline}>
          {lanes.slice(0, LANES_AT_MOST).map(lane => (
            <Lane
              key={lane.service}
              lane={lane}
              timezone={timezone}
              named={query.scope.kind !== 'service'}
              onOpen={onOpen}
            />
          ))}
          <Axis query={query} timezone={timezone} />
          <TimelineLegend />
        </div>
      )}
    </section>
  );
}

function Axis(props: {
  readonly query: WindowQuery;
  readonly timezone: string;
}) {
  const { from, to } = props.query;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const day = (part: number) =>
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: end - start > 300 * 86_400_000 ? '2-digit' : undefined,
      timeZone: props.timezone,
    }).format(start + (end - start) * part);
  return (
    <div className={styles.axis} aria-hidden="true">
      {[0, 1 / 3, 2 / 3, 1].map(part => (
        <span key={part}>{day(part)}</span>
      ))}
    </div>
  );
}
