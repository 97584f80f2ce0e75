import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { useId } from 'react';
import {
  bucketValue,
  compareMetric,
  findingsOf,
  type Metric,
  readingOf,
} from '../../metrics';
import { FindingNotes } from '../Findings';
import { Sparkline } from '../Sparkline';
import { ComparisonBadge } from './ComparisonBadge';
import { LevelMeter } from './LevelMeter';
import styles from './MetricCard.module.css';

/** One metric: its value, level, change and course, and the way to what made it. @internal */
export function MetricCard(props: {
  readonly metric: Metric;
  readonly answer: MetricsAnswer;
  readonly onEvidence: (metric: Metric) => void;
}) {
  const { metric, answer, onEvidence } = props;
  const titleId = useId();
  const explanationId = useId();
  const reading = readingOf(metric, answer);
  return (
    <section
      className={styles.card}
      aria-labelledby={titleId}
      aria-describedby={explanationId}
    >
      <h3 id={titleId} className={styles.title} title={metric.explanation}>
        {metric.title}
      </h3>
      <p id={explanationId} hidden>
        {metric.explanation}
      </p>
      {reading === undefined ? (
        <span className={styles.value}>No data</span>
      ) : (
        <button
          type="button"
          className={styles.value}
          aria-label={`${
            reading.words
          }: show what made the ${metric.title.toLowerCase()}`}
          onClick={() => onEvidence(metric)}
        >
          {reading.words}
        </button>
      )}
      <p className={styles.basis}>
        {reading ? reading.basis : metric.missing(answer)}
      </p>
      {reading?.value !== undefined && (
        <LevelMeter
          level={metric.level?.(answer)}
          edition={answer.levelsEdition}
        />
      )}
      <div className={styles.foot}>
        <ComparisonBadge comparison={compareMetric(metric, answer)} />
        <Sparkline
          values={answer.series.map(bucket => bucketValue(metric, bucket))}
        />
        <FindingNotes findings={findingsOf(metric.id, answer.findings)} />
      </div>
    </section>
  );
}
