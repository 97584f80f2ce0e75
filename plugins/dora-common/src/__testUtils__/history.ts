import { computeMetrics, type ComputeInput } from '../engine';
import type {
  ChangeInput,
  DeploymentEvent,
  DoraEventInput,
  IncidentEventInput,
} from '../events';

/** The service of the examples. */
export const SERVICE = 'component:default/checkout';

/** `10:00` on the day of the examples, `05 10:00` on another one of March 2026; else as it is. */
export function at(time: string): string {
  if (time.includes('T')) return time;
  return time.includes(' ')
    ? `2026-03-${time.replace(' ', 'T')}:00Z`
    : `2026-03-02T${time}:00Z`;
}

let ids = 0;

/** An attempt that ended, in production; id and revision are the same unless given. */
export function deployment(
  revision: string,
  time: string,
  rest: Partial<DeploymentEvent> = {},
): DeploymentEvent {
  return {
    kind: 'deployment',
    id: `run-${++ids}`,
    source: 'ci',
    service: SERVICE,
    environment: 'production',
    status: 'success',
    revision,
    finishedAt: at(time),
    ...rest,
  };
}

/** An attempt that failed. */
export function failure(
  revision: string,
  time: string,
  rest: Partial<DeploymentEvent> = {},
): DeploymentEvent {
  return deployment(revision, time, { status: 'failure', ...rest });
}

/** An incident with all its events: open, resolved, open again, resolved, ... */
export function incident(
  id: string,
  times: readonly string[],
  rest: Partial<IncidentEventInput> = {},
): IncidentEventInput[] {
  const openedAt = at(times[0]);
  return times.map((time, index) => ({
    kind: 'incident',
    id,
    source: 'pager',
    service: SERVICE,
    openedAt,
    ...(index % 2 === 0
      ? { status: 'open', ...(index > 0 && { occurredAt: at(time) }) }
      : { status: 'resolved', resolvedAt: at(time) }),
    ...rest,
  }));
}

/** A commit; without parents, so nothing is known about its descent. */
export function change(
  sha: string,
  time: string,
  rest: Partial<ChangeInput> = {},
): ChangeInput {
  return { sha, committedAt: at(time), ...rest };
}

/** The answer over March 2026, unless something else is asked for. */
export function answer(
  events: readonly DoraEventInput[],
  rest: Partial<ComputeInput> = {},
) {
  return computeMetrics({
    events,
    window: { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
    now: '2026-04-01T00:00:00Z',
    interval: 'week',
    ...rest,
  });
}

/** The codes of the findings, with their counts. */
export function findings(of: ReturnType<typeof answer>) {
  return Object.fromEntries(of.findings.map(f => [f.code, f.count]));
}
