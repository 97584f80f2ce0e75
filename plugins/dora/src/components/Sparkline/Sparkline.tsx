import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import styles from './Sparkline.module.css';

const WIDTH = 100;
const HEIGHT = 32;

interface Point {
  readonly x: number;
  readonly y: number | undefined;
}

/**
 * The course of a metric without axes; what there is no data for is a gap. Decorative: the charts and their tables say the same.
 * @internal
 */
export function Sparkline(props: {
  readonly values: readonly (number | undefined)[];
}) {
  const { values } = props;
  const known = values.filter(value => value !== undefined);
  const x = scaleLinear({
    domain: [0, Math.max(1, values.length - 1)],
    range: [0, WIDTH],
  });
  const y = scaleLinear({
    domain: [0, Math.max(...known, Number.MIN_VALUE)],
    range: [HEIGHT - 2, 2],
  });
  const points = values.map(
    (value, index): Point => ({
      x: x(index),
      y: value === undefined ? undefined : y(value),
    }),
  );
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <LinePath
        className={styles.line}
        data={points}
        defined={point => point.y !== undefined}
        x={point => point.x}
        y={point => point.y ?? 0}
      />
      {points.map(({ x: cx, y: cy }, index) =>
        cy !== undefined && isAlone(points, index) ? (
          <path key={cx} className={styles.dot} d={`M${cx} ${cy}h0.001`} />
        ) : null,
      )}
    </svg>
  );
}

/** A point between two gaps is no line, and would not be seen. */
function isAlone(points: readonly Point[], index: number): boolean {
  return [index - 1, index + 1].every(each => points[each]?.y === undefined);
}
