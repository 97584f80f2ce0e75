import { canonicalJson, eventInstant, incidentKey } from '../events';
import { instantOf, toldAt } from '../events/instants';
import type { IncidentEvent } from '../events';
import type { Incident } from './facts';
import { inSourceOrder } from './sourceOrder';

interface Mark {
  readonly at: number;
  readonly opens: boolean;
}

/**
 * One service's incident from all events that speak of it, in any order, also
 * those that name only other services of it.
 * @public
 */
export function mergeIncident(
  events: readonly IncidentEvent[],
  service: string,
): Incident {
  const ordered = inSourceOrder(events, {
    marks: event => [
      eventInstant(event),
      event.status === 'open' ? 0 : 1,
      toldAt(event),
    ],
    content: canonicalJson,
  });
  const { id, source } = ordered[0];
  const last = <K extends keyof IncidentEvent>(field: K) =>
    ordered.findLast(event => event[field] !== undefined)?.[field];
  return {
    key: incidentKey({ source, id, service }),
    id,
    source,
    service,
    intervals: intervalsOf(ordered.flatMap(marksOf)),
    deployment: last('deployment'),
    revision: last('revision'),
    severity: last('severity'),
    title: last('title'),
    url: last('url'),
  };
}

/** When an event says that the incident was opened, and when over. */
function marksOf(event: IncidentEvent): readonly Mark[] {
  const marks: Mark[] = [
    { at: instantOf(event.openedAt, 'openedAt'), opens: true },
  ];
  const resolved =
    event.resolvedAt ??
    (event.status === 'resolved' ? event.occurredAt : undefined);
  if (resolved !== undefined) {
    marks.push({ at: instantOf(resolved, 'resolvedAt'), opens: false });
  }
  if (event.status === 'open' && event.occurredAt !== undefined) {
    marks.push({ at: instantOf(event.occurredAt, 'occurredAt'), opens: true });
  }
  return marks;
}

/**
 * Opening what is open changes nothing; resolving what is resolved moves its
 * end, for the opening between them was not told. Marks before the first
 * opening say nothing.
 */
function intervalsOf(marks: readonly Mark[]): Incident['intervals'] {
  const intervals: { openedAt: number; resolvedAt?: number }[] = [];
  for (const { at, opens } of inOrder(marks)) {
    const current = intervals.at(-1);
    if (!opens && current) {
      current.resolvedAt = at;
    } else if (opens && (!current || current.resolvedAt !== undefined)) {
      intervals.push({ openedAt: at });
    }
  }
  return intervals;
}

/**
 * By time. At one instant an end comes before an opening, which opens it
 * again; only the incident's first opening comes before its end.
 */
function inOrder(marks: readonly Mark[]): readonly Mark[] {
  const first = Math.min(...marks.filter(m => m.opens).map(m => m.at));
  const rank = (mark: Mark) => {
    if (mark.opens) return mark.at === first ? 0 : 2;
    return 1;
  };
  return [...marks].sort((a, b) => a.at - b.at || rank(a) - rank(b));
}
