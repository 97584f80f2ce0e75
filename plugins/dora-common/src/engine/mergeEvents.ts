import { InputError } from '@backstage/errors';
import { deploymentKey, incidentKey, normaliseServiceRef } from '../events';
import type {
  DeploymentEvent,
  DoraEventInput,
  IncidentEvent,
  IncidentEventInput,
} from '../events';
import type { Deployment, Incident } from './facts';
import { mergeDeployment } from './mergeDeployment';
import { mergeIncident } from './mergeIncident';

/** Deployments and incidents, each merged from all events that speak of it. @public */
export interface Merged {
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
}

/**
 * Phase 1: from events in any order, any number of times, to deployments and
 * incidents. Throws InputError for an instant or a service that is none.
 * @public
 */
export function mergeEvents(events: Iterable<DoraEventInput>): Merged {
  const attempts = new Map<string, DeploymentEvent[]>();
  const failures = new Map<
    string,
    { service: string; events: IncidentEvent[] }
  >();
  for (const event of events) {
    if (event.kind === 'deployment') {
      const attempt = { ...event, service: serviceRef(event.service) };
      push(attempts, deploymentKey(attempt), attempt);
      continue;
    }
    const incident = normaliseIncident(event);
    for (const service of incident.services) {
      const key = incidentKey({ ...incident, service });
      const entry = failures.get(key) ?? { service, events: [] };
      entry.events.push(incident);
      failures.set(key, entry);
    }
  }
  return {
    deployments: [...attempts.values()].map(mergeDeployment),
    incidents: [...failures.values()].map(entry =>
      mergeIncident(entry.events, entry.service),
    ),
  };
}

function normaliseIncident(event: IncidentEventInput): IncidentEvent {
  const { service, services, ...rest } = event;
  return { ...rest, services: servicesOf(event) };
}

/**
 * The full references of the services that an event names, each once. Throws
 * InputError where one is none.
 * @public
 */
export function servicesOf(event: DoraEventInput): readonly string[] {
  if (event.kind === 'deployment') {
    return [serviceRef(event.service)];
  }
  const { service, services = [] } = event;
  const named = service === undefined ? services : [service, ...services];
  return [...new Set(named.map(serviceRef))].sort();
}

function serviceRef(ref: string): string {
  const normalised = normaliseServiceRef(ref);
  if (normalised === undefined) {
    throw new InputError(
      `service must be the entity reference of a Component such as component:default/checkout, but is ${JSON.stringify(
        ref,
      )}`,
    );
  }
  return normalised;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
