import type {
  DeploymentEvent,
  DoraEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import fc from 'fast-check';

export const SERVICES = ['component:default/a', 'component:default/b'];
export const START = Date.UTC(2026, 2, 2);
const HOUR = 3_600_000;

/** Few enough values that events meet each other in every way. */
const ids = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'];
const revisions = ['a', 'b', 'c', 'd', 'e'].map(letter => letter.repeat(40));
const shas = [...revisions, '1'.repeat(40), '2'.repeat(40), '3'.repeat(40)];

const instant = fc
  .integer({ min: 0, max: 30 })
  .map(n => new Date(START + n * 4 * HOUR).toISOString());

function sometimes<T>(value: fc.Arbitrary<T>) {
  return fc.option(value, { nil: undefined, freq: 2 });
}

const change = fc.record({
  sha: fc.constantFrom(...shas),
  committedAt: instant,
  parents: fc.uniqueArray(fc.constantFrom(...shas), { maxLength: 2 }),
});

const deployment: fc.Arbitrary<DeploymentEvent> = fc
  .record({
    id: fc.constantFrom(...ids),
    source: fc.constantFrom('ci', 'ci', 'cd'),
    service: fc.constantFrom(...SERVICES),
    environment: fc.constantFrom(
      ...['production', 'production', 'production', 'Prod', 'staging'],
    ),
    status: fc.constantFrom(
      ...(['success', 'success', 'success', 'failure'] as const),
      ...(['cancelled', 'in_progress'] as const),
    ),
    revision: sometimes(fc.constantFrom(...revisions)),
    finishedAt: instant,
    rolloutId: fc.constantFrom(undefined, undefined, undefined, 'r1', 'r2'),
    remediates: fc.option(
      fc.record({ deployment: fc.constantFrom(...ids, 'unknown') }),
      { nil: undefined, freq: 4 },
    ),
    hotfix: fc.constantFrom(undefined, undefined, true),
    changes: sometimes(
      fc.uniqueArray(change, { maxLength: 4, selector: c => c.sha }),
    ),
  })
  .map(event => ({ kind: 'deployment', ...event }));

const incident: fc.Arbitrary<IncidentEvent> = fc
  .record({
    id: fc.constantFrom('i1', 'i2', 'i3', 'i4'),
    source: fc.constant('pager'),
    services: fc.uniqueArray(fc.constantFrom(...SERVICES), { minLength: 1 }),
    status: fc.constantFrom('open' as const, 'resolved' as const),
    openedAt: instant,
    resolvedAt: sometimes(instant),
    occurredAt: sometimes(instant),
    deployment: fc.constantFrom(undefined, undefined, ...ids, 'unknown'),
    revision: fc.constantFrom(
      ...[undefined, undefined, undefined, 'aaaaaaa', 'bbbbbbbb', 'zzz'],
    ),
  })
  .map(event => ({ kind: 'incident', ...event }));

/** Events in batches, in any order, some of them more than once. */
export const arrivals: fc.Arbitrary<readonly (readonly DoraEvent[])[]> =
  fc.array(
    fc.array(
      fc.oneof(
        { arbitrary: deployment, weight: 5 },
        { arbitrary: incident, weight: 2 },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    { minLength: 1, maxLength: 14 },
  );

/** Of one long history: what hangs together over most of it. */
const link = fc.record({
  revision: fc.constantFrom(...revisions.slice(0, 3)),
  status: fc.constantFrom(
    ...(['success', 'success', 'success', 'failure'] as const),
  ),
  /** How many before is remediated; 0: none. */
  remediates: fc.constantFrom(0, 0, 1, 1, 2, 7),
  rolloutId: fc.constantFrom(
    ...[undefined, undefined, undefined, undefined, 'r1', 'r2'],
  ),
  environment: fc.constantFrom('production', 'production', 'Prod'),
  /** How many arrive before it that finished later. */
  late: fc.constantFrom(0, 0, 0, 0, 1, 5, 50),
  /** Comes again with another finish, revision or status. */
  again: fc.option(fc.record({ by: fc.integer({ min: -6, max: 6 }) }), {
    nil: undefined,
    freq: 8,
  }),
});

/** Long histories that go to and fro between few revisions, with chains of remediation, mostly in order. */
export const longArrivals: fc.Arbitrary<readonly (readonly DoraEvent[])[]> = fc
  .tuple(
    fc.array(link, { minLength: 6, maxLength: 40 }),
    fc.array(incident, { maxLength: 3 }),
    fc.constantFrom(0, 1, 3),
    fc.integer({ min: 1, max: 7 }),
  )
  .map(([links, incidents, spread, size]) => {
    const events = links.flatMap((each, n) => {
      const event: DeploymentEvent = {
        kind: 'deployment',
        id: `d${n}`,
        source: n % 5 === 4 ? 'cd' : 'ci',
        service: SERVICES[n % 11 === 10 ? 1 : 0],
        environment: spread === 0 ? 'production' : each.environment,
        status: spread === 3 ? 'success' : each.status,
        revision: each.revision,
        rolloutId: spread === 1 ? each.rolloutId : undefined,
        finishedAt: finishOf(n),
        ...(each.remediates > 0 && {
          remediates: { deployment: `d${n - each.remediates}` },
        }),
      };
      const first = { at: n + each.late, event: event as DoraEvent };
      return each.again
        ? [
            first,
            {
              at: n + 3,
              event: {
                ...event,
                status: each.again.by % 2 ? 'failure' : 'success',
                finishedAt: finishOf(Math.max(0, n + each.again.by)),
              } as DoraEvent,
            },
          ]
        : [first];
    });
    const all = [
      ...events,
      ...incidents.map((event, n) => ({
        at: n * 7,
        event: event as DoraEvent,
      })),
    ].sort((a, b) => a.at - b.at);
    return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
      all.slice(n * size, (n + 1) * size).map(({ event }) => event),
    );
  });

/** Some at the same instant. */
function finishOf(n: number): string {
  return new Date(START + (n - (n % 9 === 8 ? 1 : 0)) * 3 * HOUR).toISOString();
}
