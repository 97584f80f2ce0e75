import { observedSince, type DoraEvent } from '@waymark/plugin-dora-common';

/** Since when each service is observed, as far as these events tell. @internal */
export function firstInstants(
  events: readonly DoraEvent[],
  serviceIds: ReadonlyMap<string, number>,
): Map<number, number> {
  const first = new Map<number, number>();
  for (const event of events) {
    const at = observedSince(event);
    if (at === undefined) continue;
    const refs = event.kind === 'incident' ? event.services : [event.service];
    for (const ref of refs) {
      const id = serviceIds.get(ref);
      if (id !== undefined) first.set(id, Math.min(at, first.get(id) ?? at));
    }
  }
  return first;
}
