import { canonicalJson } from './canonical';
import { eventInstant } from './instants';
import type { DoraEvent } from './types';

/** What tells attempts to deploy apart. @public */
export function deploymentKey(deployment: {
  readonly source: string;
  readonly id: string;
  readonly service: string;
  readonly environment: string;
}): string {
  const { source, id, service, environment } = deployment;
  return JSON.stringify([source, id, service, environment]);
}

/** What tells incidents apart, of whatever services. @public */
export function incidentIdentity(incident: {
  readonly source: string;
  readonly id: string;
}): string {
  return JSON.stringify([incident.source, incident.id]);
}

/** What tells the incidents of services apart. @public */
export function incidentKey(incident: {
  readonly source: string;
  readonly id: string;
  readonly service: string;
}): string {
  return JSON.stringify([incident.source, incident.id, incident.service]);
}

/**
 * The idempotency key of an event: kind, source, id, status and instant. Two
 * events with one key and other content are two events of one deployment.
 * @public
 */
export function eventKey(event: DoraEvent): string {
  const { kind, source, id, status } = event;
  return JSON.stringify([kind, source, id, status, eventInstant(event) ?? 0]);
}

/** What is hashed to tell whether an event was seen before. @public */
export function eventContent(event: DoraEvent): string {
  return canonicalJson(event);
}
