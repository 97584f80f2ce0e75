import type { FiveMetrics, MetricsAnswer } from '@waymark/plugin-dora-common';
import { plural } from '../format';
import type { Metric } from './metrics';
import { readingOf } from './readingOf';

/** What became of a metric since the period before. @internal */
export interface Comparison {
  readonly verdict: 'better' | 'worse' | 'unchanged' | 'none';
  /** The metric in the period before, as it is shown; undefined without data there. */
  readonly before?: string;
}

/** Compares with the period of equal length before; what reads the same is unchanged. @internal */
export function compareMetric(
  metric: Metric,
  answer: FiveMetrics & Pick<MetricsAnswer, 'window' | 'previous'>,
): Comparison {
  const now = readingOf(metric, answer);
  const past = readingOf(metric, answer.previous);
  if (past && past.value === undefined) {
    const { deployments } = answer.previous.deploymentFrequency;
    return { verdict: 'none', before: plural(deployments, 'deployment') };
  }
  const before = past?.words;
  if (now?.value === undefined || past?.value === undefined) {
    return { verdict: 'none', before };
  }
  if (now.words === before) {
    return { verdict: 'unchanged', before };
  }
  const rose = now.value > past.value;
  return {
    verdict: rose === metric.lowerIsBetter ? 'worse' : 'better',
    before,
  };
}
