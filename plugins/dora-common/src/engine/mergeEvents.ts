import { InputError } from '@backstage/errors';
import {
  deploymentKey,
  incidentIdentity,
  normaliseEnvironment,
  normaliseServiceRef,
} from '../events';
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
 * incidents. An incident is of all services that any of its events names, and
 * has the same intervals in each. Throws InputError for an instant or a
 * service that is none.
 * @public
 */
export function mergeEvents(events: Iterable<DoraEventInput>): Merged {
  const attempts = new Map<string, DeploymentEvent[]>();
  const failures = new Map<string, IncidentEvent[]>();
  for (const event of events) {
    if (event.kind === 'deployment') {
      const attempt = {
        ...event,
        service: serviceRef(event.service),
        environment: normaliseEnvironment(event.environment),
      };
      push(attempts, deploymentKey(attempt), attempt);
    } else {
      push(failures, incidentIdentity(event), normaliseIncident(event));
    }
  }
  return {
    deployments: [...attempts.values()].map(mergeDeployment),
    incidents: [...failures.values()].flatMap(mergeServices),
  };
}

function mergeServices(events: readonly IncidentEvent[]): readonly Incident[] {
  const services = new Set(events.flatMap(event => event.services));
  return [...services].sort().map(service => mergeIncident(events, service));
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
