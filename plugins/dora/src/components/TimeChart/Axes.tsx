import type { Bucket } from '../../metrics';
import type { Geometry } from './geometry';
import styles from './TimeChart.module.css';

const HALF_A_LABEL = 28;

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
      {labelled.map(index => {
        const center = geometry.center(index);
        const atEdge = center + HALF_A_LABEL > geometry.width;
        return (
          <text
            key={index}
            x={atEdge ? geometry.width : center}
            y={bottom + 16}
            textAnchor={atEdge ? 'end' : 'middle'}
          >
            {buckets[index].label}
          </text>
        );
      })}
    </g>
  );
}
