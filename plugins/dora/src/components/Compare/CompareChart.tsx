import type { Interval } from '@waymark/plugin-dora-common';
import { useMemo } from 'react';
import {
  type Bucket,
  bucketValue,
  type Metric,
  toBuckets,
} from '../../metrics';
import { DURATION_TICKS, formatAxisDuration } from '../Charts';
import { LineMarks, TimeChart } from '../TimeChart';
import type { Compared } from './compared';

const RATE_TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

/** One metric of each side over time. @internal */
export function CompareChart(props: {
  readonly metric: Metric;
  readonly compared: readonly Compared[];
  readonly interval: Interval;
}) {
  const { metric, compared, interval } = props;
  const series = useMemo(
    () =>
      compared.map(({ name, answer }) => ({
        name,
        buckets: toBuckets(answer, interval),
      })),
    [compared, interval],
  );
  const buckets = series[0].buckets;
  const valueOf = (each: Bucket | undefined) =>
    each && bucketValue(metric, each.metrics);
  const words = (each: Bucket | undefined) => {
    const value = valueOf(each);
    return value === undefined ? 'No data' : format(metric, value);
  };
  const all = series.flatMap(each => each.buckets.map(valueOf));
  return (
    <TimeChart
      title={titleOf(metric)}
      buckets={buckets}
      maximum={Math.max(0, ...all.filter(value => value !== undefined))}
      tickSizes={ticksOf(metric)}
      format={value => axisFormat(metric, value)}
      legend={series.map(({ name }, index) => ({
        title: name,
        kind: 'line',
        series: index,
      }))}
      describe={(_, index) =>
        series
          .map(({ name, buckets: own }) => `${name} ${words(own[index])}`)
          .join('; ')
      }
      columns={[
        { title: 'Period', cell: bucket => bucket.title },
        ...series.map(({ name, buckets: own }) => ({
          title: name,
          numeric: true,
          cell: (bucket: Bucket) => words(own[buckets.indexOf(bucket)]),
        })),
      ]}
      marks={geometry =>
        series.map(({ name, buckets: own }, index) => (
          <LineMarks
            key={name}
            geometry={geometry}
            buckets={own}
            series={index}
            value={valueOf}
          />
        ))
      }
    />
  );
}

function titleOf({ id, title }: Metric): string {
  return id === 'deploymentFrequency' ? 'Successful deployments' : title;
}

function format(metric: Metric, value: number): string {
  return metric.id === 'deploymentFrequency'
    ? String(value)
    : metric.format(value);
}

function axisFormat(metric: Metric, value: number): string {
  return isDuration(metric) ? formatAxisDuration(value) : format(metric, value);
}

function ticksOf(metric: Metric): readonly number[] {
  if (isDuration(metric)) return DURATION_TICKS;
  return metric.id === 'deploymentFrequency' ? [1, 2, 5, 10] : RATE_TICKS;
}

function isDuration({ id }: Metric): boolean {
  return id === 'changeLeadTime' || id === 'failedDeploymentRecoveryTime';
}
