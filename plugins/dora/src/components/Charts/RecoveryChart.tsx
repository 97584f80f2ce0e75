import { formatDuration } from '../../format';
import type { Bucket } from '../../metrics';
import { bandFill, type Column, LineMarks, TimeChart } from '../TimeChart';
import { type ChartProps, largest, periodCell } from './chartProps';
import { DURATION_TICKS, formatAxisDuration } from './durationAxis';

const COLUMNS: readonly Column<Bucket>[] = [
  { title: 'Period', cell: periodCell },
  {
    title: 'Median',
    numeric: true,
    cell: ({ metrics }) =>
      orNone(metrics.failedDeploymentRecoveryTime.medianSeconds),
  },
  {
    title: '90th percentile',
    numeric: true,
    cell: ({ metrics }) =>
      orNone(metrics.failedDeploymentRecoveryTime.p90Seconds),
  },
  {
    title: 'Recovered',
    numeric: true,
    cell: ({ metrics }) => metrics.failedDeploymentRecoveryTime.samples,
  },
  {
    title: 'Not recovered',
    numeric: true,
    cell: ({ metrics }) => metrics.failedDeploymentRecoveryTime.ongoing.length,
  },
];

/** The median of the recovery times per bucket, up to p90. @internal */
export function RecoveryChart(props: ChartProps) {
  const { buckets, onChoose } = props;
  return (
    <TimeChart
      title="Failed deployment recovery time"
      description="From the impact of a failed deployment until the service had recovered, in the period in which it recovered."
      buckets={buckets}
      maximum={largest(
        buckets,
        ({ metrics }) => metrics.failedDeploymentRecoveryTime.p90Seconds,
      )}
      tickSizes={DURATION_TICKS}
      format={formatAxisDuration}
      legend={[
        { title: 'Median', kind: 'line' },
        { title: 'Median to 90th percentile', kind: 'band' },
      ]}
      describe={describe}
      columns={COLUMNS}
      onChoose={onChoose}
      marks={geometry => (
        <>
          {bandFill({
            geometry,
            buckets,
            low: median,
            high: ({ metrics }) =>
              metrics.failedDeploymentRecoveryTime.p90Seconds ?? undefined,
          })}
          <LineMarks geometry={geometry} buckets={buckets} value={median} />
        </>
      )}
    />
  );
}

function median({ metrics }: Bucket): number | undefined {
  return metrics.failedDeploymentRecoveryTime.medianSeconds ?? undefined;
}

function describe({ metrics }: Bucket): string {
  const { medianSeconds, p90Seconds, samples, ongoing } =
    metrics.failedDeploymentRecoveryTime;
  const open = ongoing.length ? `, ${ongoing.length} not recovered yet` : '';
  return medianSeconds === null
    ? `no data, nothing recovered${open}`
    : `median ${formatDuration(medianSeconds)}, 90 % within ${formatDuration(
        p90Seconds ?? medianSeconds,
      )}, ${samples} recovered${open}`;
}

function orNone(seconds: number | null): string {
  return seconds === null ? 'No data' : formatDuration(seconds);
}
