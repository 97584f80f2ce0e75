import { Bar } from '@visx/shape';
import { useId } from 'react';
import { formatCount, plural } from '../../format';
import type { Bucket } from '../../metrics';
import { type Column, type Geometry, TimeChart } from '../TimeChart';
import styles from './Charts.module.css';
import { type ChartProps, largest, periodCell } from './chartProps';

const COLUMNS: readonly Column<Bucket>[] = [
  { title: 'Period', cell: periodCell },
  {
    title: 'Finished',
    numeric: true,
    cell: ({ metrics }) => metrics.changeFailRate.total,
  },
  {
    title: 'Successful',
    numeric: true,
    cell: ({ metrics }) => metrics.deploymentFrequency.deployments,
  },
  {
    title: 'Failed',
    numeric: true,
    cell: ({ metrics }) => metrics.changeFailRate.failed,
  },
];

/** Deployments per bucket; those that failed are hatched. @internal */
export function DeploymentsChart(props: ChartProps) {
  const { buckets, onChoose } = props;
  const hatch = `hatch${useId().replace(/\W/g, '')}`;
  return (
    <TimeChart
      title="Deployments"
      description="Deployments to production that finished, by period. A failed one broke off, caused an incident, or had to be rolled back or remediated."
      buckets={buckets}
      maximum={largest(buckets, ({ metrics }) => metrics.changeFailRate.total)}
      tickSizes={[1, 2, 5, 10]}
      format={formatCount}
      legend={[
        { title: 'Did not fail', kind: 'solid' },
        { title: 'Failed', kind: 'failed' },
      ]}
      describe={describe}
      columns={COLUMNS}
      onChoose={onChoose}
      marks={geometry => (
        <>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className={styles.hatchGround} width="6" height="6" />
            <path className={styles.hatchLine} d="M0 0V6" />
          </pattern>
          {buckets.map((bucket, index) => (
            <Bars
              key={bucket.start}
              bucket={bucket}
              index={index}
              geometry={geometry}
              hatch={hatch}
            />
          ))}
        </>
      )}
    />
  );
}

function Bars(props: {
  readonly bucket: Bucket;
  readonly index: number;
  readonly geometry: Geometry;
  readonly hatch: string;
}) {
  const { bucket, index, geometry, hatch } = props;
  const { failed, total } = bucket.metrics.changeFailRate;
  const gap = Math.min(4, geometry.step * 0.2);
  const x = geometry.x(index) + gap / 2;
  const width = Math.max(1, geometry.step - gap);
  const [top, border] = [geometry.y(total), geometry.y(total - failed)];
  return (
    <>
      <Bar
        className={styles.bar}
        x={x}
        y={border}
        width={width}
        height={geometry.bottom - border}
      />
      {failed > 0 && (
        <Bar
          className={styles.barFailed}
          x={x}
          y={top}
          width={width}
          height={border - top}
          fill={`url(#${hatch})`}
        />
      )}
    </>
  );
}

function describe({ metrics }: Bucket): string {
  const { failed, total } = metrics.changeFailRate;
  return total === 0
    ? 'no deployments'
    : `${plural(total, 'deployment')}, ${
        metrics.deploymentFrequency.deployments
      } successful, ${failed} failed`;
}
