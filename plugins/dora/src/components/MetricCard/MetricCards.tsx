import { Skeleton } from '@backstage/ui';
import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { type Metric, METRICS } from '../../metrics';
import { MetricCard } from './MetricCard';
import styles from './MetricCard.module.css';

/** The five metrics; without an answer yet, their places. @internal */
export function MetricCards(props: {
  readonly answer: MetricsAnswer | undefined;
  /** The answer is that to the question before. */
  readonly stale: boolean;
  readonly onEvidence: (metric: Metric) => void;
}) {
  const { answer, stale, onEvidence } = props;
  return (
    <ul
      className={styles.cards}
      aria-label="The five metrics"
      aria-busy={!answer || stale}
      data-stale={stale ? '' : undefined}
    >
      {METRICS.map(metric => (
        <li key={metric.id}>
          {answer ? (
            <MetricCard
              metric={metric}
              answer={answer}
              onEvidence={onEvidence}
            />
          ) : (
            <Skeleton width="100%" height={236} />
          )}
        </li>
      ))}
    </ul>
  );
}
