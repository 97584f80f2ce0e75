import type { Bucket } from '../../metrics';
import type { Geometry } from './geometry';
import styles from './TimeChart.module.css';

/** The grid, the values on the left and the buckets below. @internal */
export function Axes(props: {
  readonly geometry: Geometry;
  readonly buckets: readonly Bucket[];
  readonly format: (value: number) => string;
}) {
  const { geometry, buckets, format } = props;
  const { left, right, bottom, ticks, labelled } = geometry;
  return (
    <g className={styles.axes}>
      {ticks.map(tick => (
        <g key={tick} transform={`translate(${left} ${geometry.y(tick)})`}>
          <path className={styles.grid} d={`M0 0H${right - left}`} />
          <text x="-6" dy="0.35em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {labelled.map(index => (
        <text
          key={index}
          x={geometry.center(index)}
          y={bottom + 16}
          textAnchor="middle"
        >
          {buckets[index].label}
        </text>
      ))}
    </g>
  );
}
