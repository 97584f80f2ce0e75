/**
 * Sorts events by the time at their source, whatever order they came in: by
 * the marks of each, the first mark that differs decides (a missing one comes
 * first), and by content where none does.
 * @internal
 */
export function inSourceOrder<T extends object>(
  events: readonly T[],
  by: {
    /** Instants and ranks, the most important first; as many for each event. */
    readonly marks: (event: T) => readonly (number | undefined)[];
    readonly content: (event: T) => string;
  },
): readonly T[] {
  if (events.length === 1) {
    return events;
  }
  return events
    .map(event => ({ event, marks: by.marks(event) }))
    .sort((a, b) => {
      for (const [index, mark] of a.marks.entries()) {
        const left = mark ?? Number.NEGATIVE_INFINITY;
        const right = b.marks[index] ?? Number.NEGATIVE_INFINITY;
        if (left !== right) return left < right ? -1 : 1;
      }
      const [left, right] = [by.content(a.event), by.content(b.event)];
      if (left === right) return 0;
      return left < right ? -1 : 1;
    })
    .map(({ event }) => event);
}
