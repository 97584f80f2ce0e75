import fc from 'fast-check';
import { choices, history, minutes, text } from '../__testUtils__/arbitraries';
import type { DoraEventInput } from '../events';
import type { FiveMetrics } from '../metrics';
import { computeMetrics } from './computeMetrics';

const WHOLE = { from: text(0), to: text(20 * 1440) };

function compute(events: readonly DoraEventInput[], rest = {}) {
  return computeMetrics({
    events,
    window: WHOLE,
    now: text(21 * 1440),
    interval: 'day',
    incidentSourceHeard: true,
    ...rest,
  });
}

/** What must add up over the parts of a window. */
function sums(of: FiveMetrics) {
  return [
    of.deploymentFrequency.deployments,
    of.changeLeadTime.samples,
    of.changeFailRate.failed,
    of.changeFailRate.total,
    of.failedDeploymentRecoveryTime.samples,
    of.deploymentReworkRate.rework,
    of.deploymentReworkRate.total,
  ];
}

function added(parts: readonly (readonly number[])[]) {
  return parts.reduce((a, b) => a.map((value, i) => value + b[i]));
}

const RUNS = { numRuns: 150 };

describe('computeMetrics', () => {
  it('depends on the set of events, not on order or repetition', () => {
    const shuffled = history.chain(events =>
      fc.record({
        events: fc.constant(events),
        other: fc.shuffledSubarray(events).chain(again =>
          fc.shuffledSubarray([...events, ...again], {
            minLength: events.length + again.length,
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(shuffled, choices, ({ events, other }, rest) => {
        expect(compute(other, rest)).toEqual(compute(events, rest));
      }),
      RUNS,
    );
  });

  it('keeps rates within 0 and 1, and null without a base', () => {
    fc.assert(
      fc.property(history, choices, (events, rest) => {
        const result = compute(events, rest);
        for (const of of [result, result.previous, ...result.series]) {
          for (const { rate, total } of [
            of.changeFailRate,
            of.deploymentReworkRate,
          ]) {
            expect(rate === null).toBe(total === 0);
            expect(rate ?? 0).toBeGreaterThanOrEqual(0);
            expect(rate ?? 1).toBeLessThanOrEqual(1);
          }
          const { medianSeconds, p75Seconds, p90Seconds, samples } =
            of.changeLeadTime;
          expect(medianSeconds === null).toBe(samples === 0);
          expect(p75Seconds ?? 0).toBeGreaterThanOrEqual(medianSeconds ?? 0);
          expect(p90Seconds ?? 0).toBeGreaterThanOrEqual(p75Seconds ?? 0);
          expect(
            of.failedDeploymentRecoveryTime.medianSeconds ?? 0,
          ).toBeGreaterThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  it('adds up over the parts of a window, and over its buckets', () => {
    const splits = fc.uniqueArray(fc.integer({ min: 1, max: 959 }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(history, choices, splits, (events, rest, cuts) => {
        const whole = compute(events, rest);
        const edges = [0, ...cuts.sort((a, b) => a - b), 960].map(n =>
          text(n * 30),
        );
        const parts = edges
          .slice(1)
          .map((to, i) =>
            compute(events, { ...rest, window: { from: edges[i], to } }),
          );
        expect(added(parts.map(sums))).toEqual(sums(whole));
        expect(added(whole.series.map(sums))).toEqual(sums(whole));
      }),
      RUNS,
    );
  });

  it('gives each bucket what it gives that window', () => {
    fc.assert(
      fc.property(
        history,
        choices,
        fc.integer({ min: 0, max: 19 }),
        (events, rest, day) => {
          const { start, end, partial, ...bucket } = compute(events, rest)
            .series[day];
          const alone = compute(events, {
            ...rest,
            window: { from: start, to: end },
          });
          expect(sums(bucket)).toEqual(sums(alone));
          expect(bucket.changeLeadTime).toEqual(alone.changeLeadTime);
          expect(bucket.deploymentFrequency).toEqual(alone.deploymentFrequency);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is not changed by what happens after the window and is of no deployment in it', () => {
    const later = fc
      .record({
        finished: minutes,
        failed: fc.boolean(),
        incident: fc.boolean(),
      })
      .map(({ finished, failed, incident: hurts }) => {
        // After the window, its rollbacks and the attribution span.
        const instant = text(30 * 1440 + finished);
        const event: DoraEventInput = hurts
          ? {
              kind: 'incident',
              id: `later-${finished}`,
              source: 'pager',
              service: 'component:default/a',
              status: 'open',
              openedAt: instant,
            }
          : {
              kind: 'deployment',
              id: `later-${finished}`,
              source: 'ci',
              service: 'component:default/a',
              environment: 'production',
              status: failed ? 'failure' : 'success',
              revision: `later-${finished}`,
              finishedAt: instant,
            };
        return event;
      });
    // Ends with a success, so that no outage waits for one to come.
    const closed = history.map(events => [
      ...events,
      ...['a', 'b'].map(
        (name): DoraEventInput => ({
          kind: 'deployment',
          id: `close-${name}`,
          source: 'ci',
          service: `component:default/${name}`,
          environment: 'production',
          status: 'success',
          revision: `close-${name}`,
          finishedAt: text(25 * 1440),
        }),
      ),
    ]);
    fc.assert(
      fc.property(closed, choices, later, (events, rest, extra) => {
        expect(compute([...events, extra], rest)).toEqual(
          compute(events, rest),
        );
      }),
      RUNS,
    );
  });

  it('is not changed by what went before and was settled', () => {
    const early = fc
      .record({ n: fc.integer({ min: 1, max: 40 }), failed: fc.boolean() })
      .map(
        ({ n, failed }): DoraEventInput => ({
          kind: 'deployment',
          id: `early-${n}`,
          source: 'ci',
          service: 'component:default/a',
          environment: 'production',
          status: failed ? 'failure' : 'success',
          revision: `early-${n}`,
          finishedAt: text(-n * 30 - 20 * 1440),
        }),
      );
    const settled: DoraEventInput = {
      kind: 'deployment',
      id: 'settled',
      source: 'ci',
      service: 'component:default/a',
      environment: 'production',
      status: 'success',
      revision: 'settled',
      finishedAt: text(-10 * 1440),
    };
    // Observed since long before, so that the window is not cut.
    const first: DoraEventInput = {
      ...settled,
      id: 'first',
      revision: 'first',
      finishedAt: text(-90 * 1440),
    };
    fc.assert(
      fc.property(history, choices, early, (events, rest, extra) => {
        const base = [first, settled, ...events];
        const { previous: _a, ...after } = compute([...base, extra], rest);
        const { previous: _b, ...before } = compute(base, rest);
        expect(after).toEqual(before);
      }),
      RUNS,
    );
  });
});
