import {
  computeMetrics,
  type DeploymentEvent,
} from '@waymark/plugin-dora-common';
import { compareMetric } from './compareMetric';
import { METRICS } from './metrics';
import { readingOf } from './readingOf';

const [FREQUENCY, LEAD_TIME] = METRICS;
const MINUTE = 60_000;
const NOW = Date.parse('2026-03-10T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();

function answer(minutes: readonly number[], window = 30 * 1440) {
  return computeMetrics({
    events: minutes.map(
      (each, index): DeploymentEvent => ({
        kind: 'deployment',
        id: `run-${index}`,
        source: 'ci',
        service: 'component:default/checkout',
        environment: 'production',
        status: 'success',
        revision: `r${index}`,
        finishedAt: ago(each),
      }),
    ),
    window: { from: ago(window), to: ago(0) },
    now: NOW,
  });
}

describe('readingOf', () => {
  it('counts, and gives no rate, before a day was observed', () => {
    expect(readingOf(FREQUENCY, answer([3]))).toEqual({
      words: '1 deployment so far',
      basis: 'Observed for 3 min; a rate per day needs a day',
    });
  });

  it('gives a rate from the first day on', () => {
    expect(readingOf(FREQUENCY, answer([1440]))).toEqual({
      value: 1,
      words: '1 per day',
      basis: '1 successful deployment',
    });
  });

  it('has nothing to say where there is no data', () => {
    expect(readingOf(FREQUENCY, answer([]))).toBeUndefined();
    expect(readingOf(LEAD_TIME, answer([3]))).toBeUndefined();
  });
});

describe('compareMetric', () => {
  it('does not compare with what was too short for a rate', () => {
    const week = 7 * 1440;
    expect(compareMetric(FREQUENCY, answer([week + 10, 5], week))).toEqual({
      verdict: 'none',
      before: '1 deployment',
    });
    expect(compareMetric(FREQUENCY, answer([3]))).toEqual({
      verdict: 'none',
      before: undefined,
    });
  });

  it('says what became of it', () => {
    const week = 7 * 1440;
    const grown = answer([2 * week, week + 10, 10, 8, 5], week);
    expect(compareMetric(FREQUENCY, grown)).toEqual({
      verdict: 'better',
      before: '2 per week',
    });
  });
});
