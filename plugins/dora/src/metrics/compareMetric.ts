import type { FiveMetrics, MetricsAnswer } from '@waymark/plugin-dora-common';
import type { Metric } from './metrics';

/** What became of a metric since the period before. @internal */
export interface Comparison {
  readonly verdict: 'better' | 'worse' | 'unchanged' | 'none';
  /** The metric in the period before, as it is shown; undefined without data there. */
  readonly before?: string;
}

/** A metric of an observed window; undefined where there is no data, which is not zero. @internal */
export function observedValue(
  metric: Metric,
  metrics: FiveMetrics & { readonly window: { readonly observedDays: number } },
): number | undefined {
  // The frequency is 0 also where nobody was there to count.
  return metrics.window.observedDays > 0 || metric.id !== 'deploymentFrequency'
    ? metric.value(metrics)
    : undefined;
}

/** Compares with the period of equal length before; what reads the same is unchanged. @internal */
export function compareMetric(
  metric: Metric,
  answer: FiveMetrics & Pick<MetricsAnswer, 'window' | 'previous'>,
): Comparison {
  const now = observedValue(metric, answer);
  const past = observedValue(metric, answer.previous);
  const before = past === undefined ? undefined : metric.format(past);
  if (now === undefined || past === undefined) {
    return { verdict: 'none', before };
  }
  if (metric.format(now) === before) {
    return { verdict: 'unchanged', before };
  }
  const better = metric.lowerIsBetter ? now < past : now > past;
  return { verdict: better ? 'better' : 'worse', before };
}
