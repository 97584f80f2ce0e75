import fc from 'fast-check';
import type { ChangeInput, DeploymentEvent, DoraEventInput } from '../events';

export const MINUTE = 60_000;
export const START = Date.parse('2026-03-01T00:00:00Z');
export const text = (minutes: number) =>
  new Date(START + minutes * MINUTE).toISOString();

/** Twenty days, in steps of half an hour so that much happens at one instant. */
export const minutes = fc.integer({ min: 0, max: 960 }).map(n => n * 30);
const revision = fc.constantFrom('r0', 'r1', 'r2', 'r3', 'r4', 'r5');
const id = fc.constantFrom('d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7');
const service = fc.constantFrom('component:default/a', 'component:default/b');
/** Mostly left out. */
const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );

const change: fc.Arbitrary<ChangeInput> = fc.record({
  sha: fc.constantFrom('r0', 'r1', 'r2', 'r3', 'r4', 'c1', 'c2', 'c3', 'c4'),
  committedAt: minutes.map(text),
  firstCommittedAt: fc.constantFrom(undefined, undefined, text(-600)),
  parents: fc.constantFrom([], ['r0'], ['r1'], ['r2'], ['r3'], ['c1', 'c2']),
});

export const deployment: fc.Arbitrary<DeploymentEvent> = fc
  .record({
    kind: fc.constant('deployment' as const),
    id,
    source: fc.constantFrom('ci', 'ci', 'cd'),
    service,
    environment: fc.constantFrom(
      ...([
        'production',
        'production',
        'Production',
        'prod',
        'staging',
      ] as const),
    ),
    status: fc.constantFrom(
      ...(['success', 'success', 'success', 'failure', 'failure'] as const),
      ...(['in_progress', 'cancelled', 'queued', 'skipped'] as const),
    ),
    revision,
    finished: minutes,
    occurredAt: optional(minutes.map(text)),
    rolloutId: optional(fc.constantFrom('x', 'y', 'z')),
    remediates: optional(id.map(of => ({ deployment: of }))),
    hotfix: optional(fc.boolean()),
    changes: fc.option(fc.array(change, { maxLength: 5 }), { nil: undefined }),
  })
  .map(({ finished, ...event }) => {
    const begun = event.status === 'in_progress' || event.status === 'queued';
    return begun
      ? { ...event, startedAt: text(finished) }
      : { ...event, finishedAt: text(finished) };
  });

export const incident: fc.Arbitrary<DoraEventInput> = fc
  .record({
    id: fc.constantFrom('i0', 'i1', 'i2', 'i3'),
    services: fc.uniqueArray(service, { minLength: 1 }),
    status: fc.constantFrom('open' as const, 'resolved' as const),
    opened: minutes,
    lasted: fc.integer({ min: 0, max: 40 }).map(n => n * 30),
    again: optional(fc.integer({ min: 0, max: 80 }).map(n => n * 30)),
    deployment: optional(id),
    revision: optional(revision),
  })
  .map(({ opened, lasted, again, ...event }) => ({
    kind: 'incident' as const,
    source: 'pager',
    ...event,
    openedAt: text(opened),
    ...(event.status === 'resolved' && { resolvedAt: text(opened + lasted) }),
    ...(event.status === 'open' &&
      again !== undefined && { occurredAt: text(opened + again) }),
  }));

export const history = fc
  .tuple(
    fc.array(deployment, { maxLength: 30 }),
    fc.array(incident, { maxLength: 8 }),
  )
  .map(([deployments, incidents]) => [...deployments, ...incidents]);

const scope = fc.constantFrom(undefined, 'component:default/a');
export const choices = fc.record({
  service: scope,
  environment: fc.constantFrom(undefined, undefined, 'production', 'PROD'),
  failedAttemptsCount: fc.boolean(),
});
