import type { Level } from '@waymark/plugin-dora-common';
import styles from './MetricCard.module.css';

const LEVELS = [1, 2, 3, 4, 5, 6];

/** Where a metric stands on DORA's scale, and of which year the scale is. @internal */
export function LevelMeter(props: {
  /** Undefined: DORA has no levels for the metric. */
  readonly level: Partial<Level> | undefined;
  readonly edition: number;
}) {
  const { level, threshold } = props.level ?? {};
  if (level === undefined) {
    return (
      <p className={styles.basis}>
        DORA has no levels for it ({props.edition}).
      </p>
    );
  }
  return (
    <div className={styles.level}>
      <span className={styles.meter} aria-hidden="true">
        {LEVELS.map(each => (
          <span key={each} data-met={each <= level ? '' : undefined} />
        ))}
      </span>
      <span>
        <strong>Level {level} of 6</strong>
        {threshold && `: ${threshold}`}{' '}
        <span className={styles.edition}>(DORA {props.edition})</span>
      </span>
    </div>
  );
}
