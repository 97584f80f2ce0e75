import type { FiveMetrics } from '@waymark/plugin-dora-common';
import { formatDuration, plural } from '../format';
import type { Metric } from './metrics';

const DAY_SECONDS = 86_400;

/** The metrics of a window of which so much was observed. @internal */
export type ObservedMetrics = FiveMetrics & {
  readonly window: { readonly observedDays: number };
};

/** A metric as people read it. @internal */
export interface Reading {
  /** Undefined: there is something to say, but no number to compare or to put on a scale. */
  readonly value?: number;
  readonly words: string;
  /** What it was made of. */
  readonly basis: string;
}

/** Reads a metric of a window; undefined where there is no data, which is not zero. @internal */
export function readingOf(
  metric: Metric,
  metrics: ObservedMetrics,
): Reading | undefined {
  const { observedDays } = metrics.window;
  if (metric.id === 'deploymentFrequency') {
    // It is 0 also where nobody was there to count.
    if (observedDays <= 0) return undefined;
    const { deployments, level } = metrics.deploymentFrequency;
    if (level === undefined) {
      return {
        words: `${plural(deployments, 'deployment')} so far`,
        basis: `Observed for ${formatDuration(
          observedDays * DAY_SECONDS,
        )}; a rate per day needs a day`,
      };
    }
  }
  const value = metric.value(metrics);
  return value === undefined
    ? undefined
    : { value, words: metric.format(value), basis: metric.basis(metrics) };
}

/** The value of a bucket among buckets: of deployments their number, which says more than that per day. @internal */
export function bucketValue(
  metric: Metric,
  metrics: FiveMetrics,
): number | undefined {
  return metric.id === 'deploymentFrequency'
    ? metrics.deploymentFrequency.deployments
    : metric.value(metrics);
}
