import { parseInstant } from './instants';
import { normaliseEnvironment, normaliseServiceRef } from './refs';
import type { DeploymentBody, IncidentBody } from './schemas';
import type { ChangeInput, DeploymentEvent, IncidentEvent } from './types';

/** The event of a body that was checked. @internal */
export function normaliseDeployment(body: DeploymentBody): DeploymentEvent {
  const event: DeploymentEvent = {
    kind: 'deployment',
    ...body,
    service: normaliseServiceRef(body.service)!,
    environment: normaliseEnvironment(body.environment),
    ...inUtc(body, 'startedAt', 'finishedAt', 'occurredAt'),
    ...(body.changes && { changes: body.changes.map(normaliseChange) }),
  };
  return event;
}

function normaliseChange(change: ChangeInput): ChangeInput {
  return { ...change, ...inUtc(change, 'committedAt', 'firstCommittedAt') };
}

/** The event of a body that was checked. @internal */
export function normaliseIncident(body: IncidentBody): IncidentEvent {
  const { service, services = [], ...rest } = body;
  const named = service === undefined ? services : [service, ...services];
  return {
    kind: 'incident',
    ...rest,
    services: [...new Set(named.map(ref => normaliseServiceRef(ref)!))].sort(),
    ...inUtc(body, 'openedAt', 'resolvedAt', 'occurredAt'),
  };
}

/** The given fields that are there, in UTC to the millisecond. */
function inUtc<T extends object, K extends keyof T>(
  body: T,
  ...fields: readonly K[]
): Pick<T, K> {
  const result: Partial<Record<K, string>> = {};
  for (const field of fields) {
    const value = body[field];
    if (typeof value === 'string') {
      result[field] = new Date(parseInstant(value)!).toISOString();
    }
  }
  return result as Pick<T, K>;
}
