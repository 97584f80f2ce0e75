/**
 * Sorts events by the time at their source, whatever order they came in:
 * without an instant first, then by instant, rank and content.
 * @internal
 */
export function inSourceOrder<T extends object>(
  events: readonly T[],
  by: {
    /** Milliseconds since 1970. */
    readonly instant: (event: T) => number | undefined;
    readonly rank: (event: T) => number;
    readonly content: (event: T) => string;
  },
): readonly T[] {
  if (events.length === 1) {
    return events;
  }
  return events
    .map(event => ({
      event,
      instant: by.instant(event) ?? Number.NEGATIVE_INFINITY,
      rank: by.rank(event),
    }))
    .sort((a, b) => {
      if (a.instant !== b.instant) return a.instant < b.instant ? -1 : 1;
      if (a.rank !== b.rank) return a.rank - b.rank;
      const [left, right] = [by.content(a.event), by.content(b.event)];
      if (left === right) return 0;
      return left < right ? -1 : 1;
    })
    .map(({ event }) => event);
}
