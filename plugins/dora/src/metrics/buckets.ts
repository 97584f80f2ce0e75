import type { FiveMetrics, MetricsAnswer } from '@waymark/plugin-dora-common';
import { DateTime } from 'luxon';

const LABELS: Record<string, (start: DateTime, long: boolean) => string> = {
  day: (start, long) => start.toFormat(long ? 'd LLL yy' : 'd LLL'),
  week: (start, long) => start.toFormat(long ? 'd LLL yy' : 'd LLL'),
  month: (start, long) => start.toFormat(long ? 'LLL yy' : 'LLL'),
};

const TITLES: Record<string, (start: DateTime) => string> = {
  day: start => start.toFormat('cccc, d LLL yyyy'),
  week: start =>
    `Week ${start.weekNumber}, ${start
      .startOf('week')
      .toFormat('d LLL')} to ${start.endOf('week').toFormat('d LLL yyyy')}`,
  month: start => start.toFormat('LLLL yyyy'),
};

/** One bucket of a series, with its names in the series' time zone. @internal */
export interface Bucket {
  /** ISO 8601. */
  readonly start: string;
  /** ISO 8601, exclusive. */
  readonly end: string;
  /** The window or the present cuts it. */
  readonly partial: boolean;
  /** For an axis, as in "2 Mar". */
  readonly label: string;
  /** As in "Week 10, 2 to 8 Mar 2026". */
  readonly title: string;
  readonly metrics: FiveMetrics;
}

/** Names the buckets of an answer. @internal */
export function toBuckets(
  answer: Pick<MetricsAnswer, 'series' | 'window'>,
  interval: 'day' | 'week' | 'month',
): readonly Bucket[] {
  const { series, window } = answer;
  const long =
    series.length > 1 &&
    Date.parse(series[series.length - 1].end) - Date.parse(series[0].start) >
      330 * 86_400_000;
  return series.map(each => {
    const start = DateTime.fromISO(each.start, {
      zone: window.timezone,
      locale: 'en-GB',
    });
    return {
      start: each.start,
      end: each.end,
      partial: each.partial,
      label: LABELS[interval](start, long),
      title: TITLES[interval](start),
      metrics: each,
    };
  });
}
