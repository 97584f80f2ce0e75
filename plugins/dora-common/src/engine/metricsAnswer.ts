import {
  fiveMetrics,
  type Finding,
  type MetricParts,
  type MetricsAnswer,
} from '../metrics';
import { LEVELS_EDITION } from '../levels';
import { instantText, previousWindow, type Bucket, type Window } from '../time';

/** What an answer is made of, counted by the engine or by a database. @public */
export interface AnswerParts {
  readonly window: Window;
  readonly timezone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly current: MetricParts;
  /** Over the window of equal length before. */
  readonly previous: MetricParts;
  /** Each bucket with its parts. */
  readonly series: readonly {
    readonly bucket: Bucket;
    readonly parts: MetricParts;
  }[];
  readonly findings: readonly Finding[];
}

/** The answer from its parts: the one place where it is made. @public */
export function metricsAnswer(input: AnswerParts): MetricsAnswer {
  const { window, timezone, now, current, previous } = input;
  const before = previousWindow(window);
  return {
    window: {
      from: instantText(window.from),
      to: instantText(window.to),
      timezone,
      observedDays: current.observedDays,
    },
    ...fiveMetrics(current, { window, now }),
    previous: {
      window: {
        from: instantText(before.from),
        to: instantText(before.to),
        observedDays: previous.observedDays,
      },
      ...fiveMetrics(previous, { window: before, now }),
    },
    series: input.series.map(({ bucket, parts }) => ({
      start: instantText(bucket.start),
      end: instantText(bucket.end),
      partial: bucket.partial,
      ...fiveMetrics(parts, {
        window: { from: bucket.start, to: bucket.end },
        now,
      }),
    })),
    findings: input.findings,
    levelsEdition: LEVELS_EDITION,
  };
}
