import type { MetricsAnswer } from '@waymark/plugin-dora-common';

/** Whether nothing at all was heard of up to the end of a window. @internal */
export function isUnheardOf(answer: MetricsAnswer): boolean {
  return (
    answer.window.observedDays === 0 &&
    answer.changeFailRate.total === 0 &&
    answer.previous.changeFailRate.total === 0
  );
}
