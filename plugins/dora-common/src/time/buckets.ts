import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';
import type { Interval } from '../metrics';
import { checkTimezone, type Window } from './window';

/** A part of a window; instants are milliseconds since 1970. @public */
export interface Bucket {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Cut short by an edge of the window. */
  readonly partial: boolean;
}

/** The intervals that a window can be cut into. @public */
export const INTERVALS: readonly Interval[] = ['day', 'week', 'month'];

/**
 * The interval that shows a window well: days up to a month, weeks up to a
 * year, else months.
 * @public
 */
export function defaultInterval({ from, to }: Window): Interval {
  const days = (to - from) / 86_400_000;
  if (days <= 31) return 'day';
  return days <= 366 ? 'week' : 'month';
}

/**
 * Cuts a window at the starts of days, ISO weeks or months in a time zone. The
 * buckets follow each other without a gap from the window's start to its end;
 * an edge that falls into a bucket cuts it and marks it partial. Throws
 * InputError for an unknown interval or time zone.
 * @public
 */
export function buckets(
  input: Window & {
    readonly interval: Interval;
    readonly timezone: string;
  },
): readonly Bucket[] {
  const { from, to, interval } = input;
  if (!INTERVALS.includes(interval)) {
    throw new InputError(
      `interval must be day, week or month, but is ${JSON.stringify(
        String(interval).slice(0, 60),
      )}`,
    );
  }
  const zone = checkTimezone(input.timezone);
  const first = DateTime.fromMillis(from, { zone }).startOf(interval);
  const result: Bucket[] = [];
  let start = first.toMillis();
  for (let index = 1; start < to; index++) {
    // Counted from the first, so that a start moved by DST moves no other.
    const end = first
      .plus({ [interval]: index })
      .startOf(interval)
      .toMillis();
    // A zone that skipped a whole day, as Pacific/Apia did, has a bucket less.
    if (end > start) {
      result.push(cut({ start, end }, input));
    }
    start = end;
  }
  return result;
}

function cut(
  bucket: { readonly start: number; readonly end: number },
  window: Window,
): Bucket {
  const start = Math.max(bucket.start, window.from);
  const end = Math.min(bucket.end, window.to);
  return {
    start,
    end,
    partial: start !== bucket.start || end !== bucket.end,
  };
}

/**
 * The index of the bucket that an instant falls into, by binary search; -1
 * outside of all.
 * @public
 */
export function bucketIndex(list: readonly Bucket[], instant: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (instant < list[middle].start) high = middle - 1;
    else if (instant >= list[middle].end) low = middle + 1;
    else return middle;
  }
  return -1;
}
