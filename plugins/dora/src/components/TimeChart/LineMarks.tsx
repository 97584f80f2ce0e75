import { Area, LinePath } from '@visx/shape';
import type { Bucket } from '../../metrics';
import type { Geometry } from './geometry';
import styles from './TimeChart.module.css';

const SHAPES = [
  'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z',
  'M-3 -3h6v6h-6Z',
  'M0 -4L4 3H-4Z',
  'M0 -4L4 0L0 4L-4 0Z',
  'M0 4L4 -3H-4Z',
  'M-4 -1h3v-3h2v3h3v2h-3v3h-2v-3h-3Z',
];

type Value = (bucket: Bucket) => number | undefined;

/** A line through the buckets that have a value, with gaps where they have none. @internal */
export function LineMarks(props: {
  readonly geometry: Geometry;
  readonly buckets: readonly Bucket[];
  readonly value: Value;
  /** Number of the series, from 0, where there are several. */
  readonly series?: number;
}) {
  const { geometry, buckets, value, series } = props;
  const points = buckets.map((bucket, index) => ({
    bucket,
    x: geometry.center(index),
    value: value(bucket),
  }));
  return (
    <g>
      <LinePath
        className={styles.line}
        data-series={series}
        data={points}
        defined={point => point.value !== undefined}
        x={point => point.x}
        y={point => geometry.y(point.value ?? 0)}
      />
      {points.map(point =>
        point.value === undefined ? null : (
          <Mark
            key={point.bucket.start}
            x={point.x}
            y={geometry.y(point.value)}
            series={series}
            partial={point.bucket.partial}
          />
        ),
      )}
    </g>
  );
}

/** Series differ in shape, not in colour alone. */
function Mark(props: {
  readonly x: number;
  readonly y: number;
  readonly series?: number;
  readonly partial: boolean;
}) {
  const { x, y, series = 0, partial } = props;
  const shape = SHAPES[series % SHAPES.length];
  return (
    <path
      className={styles.mark}
      data-series={props.series}
      data-partial={partial || undefined}
      d={shape}
      transform={`translate(${x} ${y})`}
    />
  );
}

/** The room between two values of each bucket. @internal */
export function bandFill(options: {
  readonly geometry: Geometry;
  readonly buckets: readonly Bucket[];
  readonly low: Value;
  readonly high: Value;
}) {
  const { geometry, buckets, low, high } = options;
  const points = buckets.map((bucket, index) => ({
    x: geometry.center(index),
    low: low(bucket),
    high: high(bucket),
  }));
  return (
    <>
      <Area
        className={styles.band}
        data={points}
        defined={point => point.low !== undefined && point.high !== undefined}
        x={point => point.x}
        y0={point => geometry.y(point.low ?? 0)}
        y1={point => geometry.y(point.high ?? 0)}
      />
      {points.map(point =>
        point.low === undefined || point.high === undefined ? null : (
          <path
            key={point.x}
            className={styles.whisker}
            d={`M${point.x} ${geometry.y(point.low)}V${geometry.y(point.high)}`}
          />
        ),
      )}
    </>
  );
}
