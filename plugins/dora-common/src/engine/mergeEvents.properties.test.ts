import fc from 'fast-check';
import { history } from '../__testUtils__/arbitraries';
import { naiveIncidents, naiveStatuses } from '../__testUtils__/naiveMerge';
import type { DoraEventInput } from '../events';
import type { Incident } from './facts';
import { mergeEvents } from './mergeEvents';

const shuffled = history.chain(events =>
  fc.record({
    events: fc.constant(events),
    other: fc.shuffledSubarray([...events, ...events], {
      minLength: events.length * 2,
    }),
  }),
);

const byKey = (a: { key: string }, b: { key: string }) =>
  a.key < b.key ? -1 : 1;

function inOrder(events: readonly DoraEventInput[]) {
  const { deployments, incidents } = mergeEvents(events);
  return [[...deployments].sort(byKey), [...incidents].sort(byKey)];
}

describe('mergeEvents', () => {
  it('depends on the set of events', () => {
    fc.assert(
      fc.property(shuffled, ({ events, other }) => {
        expect(inOrder(other)).toEqual(inOrder(events));
      }),
    );
  });

  it('keeps the latest end of each deployment', () => {
    fc.assert(
      fc.property(history, events => {
        const { deployments } = mergeEvents(events);
        const ends = naiveStatuses(events);
        expect(deployments.map(d => d.key).sort()).toEqual(
          [...ends.keys()].sort(),
        );
        for (const { key, status, finishedAt } of deployments) {
          const end = ends.get(key);
          expect(finishedAt).toBe(end?.at);
          const begun = ['queued', 'in_progress'].includes(status);
          expect(begun ? undefined : status).toBe(end?.status);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives an incident to all its services alike', () => {
    fc.assert(
      fc.property(history, events => {
        const known = new Map<string, Incident[]>();
        for (const incident of mergeEvents(events).incidents) {
          const key = JSON.stringify([incident.source, incident.id]);
          known.set(key, [...(known.get(key) ?? []), incident]);
        }
        const services = [...known].map(([key, list]) => [
          key,
          list.map(({ service }) => service),
        ]);
        expect(Object.fromEntries(services)).toEqual(
          Object.fromEntries(naiveIncidents(events)),
        );
        for (const [
          { key: _, service: __, ...first },
          ...rest
        ] of known.values()) {
          for (const other of rest) expect(other).toMatchObject(first);
        }
      }),
      { numRuns: 300 },
    );
  });
});
