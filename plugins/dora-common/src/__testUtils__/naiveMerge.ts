import { parseInstant } from '../events';
import type { DoraEventInput } from '../events';
import { servicesOf } from '../engine';

const RANKS = ['skipped', 'cancelled', 'success', 'failure'];

/**
 * What a deployment has come to, by the definition: its latest end, whatever
 * is told of the way to another one. Written apart from the engine.
 */
export function naiveStatuses(events: readonly DoraEventInput[]) {
  const ends = new Map<string, { at: number; told: number; status: string }>();
  const begun = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'deployment') continue;
    const { id, source, service, environment, status } = event;
    const key = JSON.stringify([
      ...[source, id, service, environment.toLowerCase()],
    ]);
    begun.add(key);
    const at = parseInstant(event.finishedAt ?? '');
    if (at === undefined) continue;
    const told = event.occurredAt ? parseInstant(event.occurredAt)! : at;
    const known = ends.get(key);
    const order = (e: { at: number; told: number; status: string }) =>
      [e.at, e.told, RANKS.indexOf(e.status)] as const;
    const end = { at, told, status };
    if (!known || isAfter(order(end), order(known))) ends.set(key, end);
  }
  return new Map([...begun].map(key => [key, ends.get(key)]));
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs >= 0 && a[differs] > b[differs];
}

/** The services of each incident, by the definition. */
export function naiveIncidents(events: readonly DoraEventInput[]) {
  const incidents = events.filter(event => event.kind === 'incident');
  return new Map(
    incidents.map(({ source, id }) => [
      JSON.stringify([source, id]),
      [
        ...new Set(
          incidents
            .filter(other => other.source === source && other.id === id)
            .flatMap(servicesOf),
        ),
      ].sort(),
    ]),
  );
}
