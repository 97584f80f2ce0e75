import { Skeleton } from '@backstage/ui';
import type { Interval, MetricsAnswer } from '@waymark/plugin-dora-common';
import { useMemo } from 'react';
import { type Bucket, toBuckets } from '../../metrics';
import styles from './Charts.module.css';
import { DeploymentsChart } from './DeploymentsChart';
import { LeadTimeChart } from './LeadTimeChart';
import { RateChart } from './RateChart';
import { RecoveryChart } from './RecoveryChart';

/** The five metrics over time. @internal */
export function Charts(props: {
  readonly answer: MetricsAnswer | undefined;
  readonly interval: Interval;
  /** The answer is that to the question before. */
  readonly stale: boolean;
  readonly onChoose: (bucket: Bucket) => void;
}) {
  const { answer, interval, stale, onChoose } = props;
  const buckets = useMemo(
    () => answer && toBuckets(answer, interval),
    [answer, interval],
  );
  if (!buckets) {
    return (
      <div className={styles.charts} aria-busy="true">
        {['deployments', 'lead time', 'fail rate', 'recovery'].map(chart => (
          <Skeleton key={chart} width="100%" height={320} />
        ))}
      </div>
    );
  }
  return (
    <div
      className={styles.charts}
      aria-busy={stale}
      data-stale={stale ? '' : undefined}
    >
      <div className={styles.wide}>
        <DeploymentsChart buckets={buckets} onChoose={onChoose} />
      </div>
      <LeadTimeChart buckets={buckets} onChoose={onChoose} />
      <RateChart rate="fail" buckets={buckets} onChoose={onChoose} />
      <RecoveryChart buckets={buckets} onChoose={onChoose} />
      <RateChart rate="rework" buckets={buckets} onChoose={onChoose} />
    </div>
  );
}
