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
