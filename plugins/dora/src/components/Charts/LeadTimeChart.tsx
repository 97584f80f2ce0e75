import { formatDuration, plural } from '../../format';
import type { Bucket } from '../../metrics';
import { bandFill, type Column, LineMarks, TimeChart } from '../TimeChart';
import { type ChartProps, largest, periodCell } from './chartProps';
import { DURATION_TICKS, formatAxisDuration } from './durationAxis';

const COLUMNS: readonly Column<Bucket>[] = [
  { title: 'Period', cell: periodCell },
  {
    title: 'Median',
    numeric: true,
    cell: ({ metrics }) => orNone(metrics.changeLeadTime.medianSeconds),
  },
  {
    title: '75th percentile',
    numeric: true,
    cell: ({ metrics }) => orNone(metrics.changeLeadTime.p75Seconds),
  },
  {
    title: '90th percentile',
    numeric: true,
    cell: ({ metrics }) => orNone(metrics.changeLeadTime.p90Seconds),
  },
  {
    title: 'Changes',
    numeric: true,
    cell: ({ metrics }) => metrics.changeLeadTime.samples,
  },
];

/** The median of the lead times per bucket, with the band from p75 to p90. @internal */
export function LeadTimeChart(props: ChartProps) {
  const { buckets, onChoose } = props;
  return (
    <TimeChart
      title="Change lead time"
      description="From a commit to the production deployment in which it went live first."
      buckets={buckets}
      maximum={largest(
        buckets,
        ({ metrics }) => metrics.changeLeadTime.p90Seconds,
      )}
      tickSizes={DURATION_TICKS}
      format={formatAxisDuration}
      legend={[
        { title: 'Median', kind: 'line' },
        { title: '75th to 90th percentile', kind: 'band' },
      ]}
      describe={describe}
      columns={COLUMNS}
      onChoose={onChoose}
      marks={geometry => (
        <>
          {bandFill({
            geometry,
            buckets,
            low: ({ metrics }) =>
              metrics.changeLeadTime.p75Seconds ?? undefined,
            high: ({ metrics }) =>
              metrics.changeLeadTime.p90Seconds ?? undefined,
          })}
          <LineMarks
            geometry={geometry}
            buckets={buckets}
            value={({ metrics }) =>
              metrics.changeLeadTime.medianSeconds ?? undefined
            }
          />
        </>
      )}
    />
  );
}

function describe({ metrics }: Bucket): string {
  const { medianSeconds, p75Seconds, p90Seconds, samples } =
    metrics.changeLeadTime;
  if (medianSeconds === null) return 'no data, no change went live';
  return [
    `median ${formatDuration(medianSeconds)}`,
    `75 % within ${orNone(p75Seconds)}`,
    `90 % within ${orNone(p90Seconds)}`,
    plural(samples, 'change'),
  ].join(', ');
}

function orNone(seconds: number | null): string {
  return seconds === null ? 'No data' : formatDuration(seconds);
}
