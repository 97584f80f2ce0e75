import { InputError } from '@backstage/errors';
import {
  incidentIdentity,
  normaliseEnvironment,
  normaliseServiceRef,
  observedSince,
} from '../events';
import type { DoraEventInput } from '../events';
import type { ComputeInput } from './computeMetrics';
import { deriveService } from './deriveFacts';
import type { Deployment, DeploymentFacts, Incident } from './facts';
import { mergeEvents, servicesOf } from './mergeEvents';
import { isProduction, resolveOptions } from './options';
import { rollUp } from './rollUp';

/** What the services that are asked for come to. @internal */
export interface Scope {
  readonly facts: readonly DeploymentFacts[];
  readonly unlinked: readonly Incident[];
  /** Milliseconds since 1970. */
  readonly firstEventAt?: number;
  readonly incidentSourceHeard: boolean;
}

/** The facts of all services that are asked for. @internal */
export function scopeOf(input: ComputeInput): Scope {
  const options = resolveOptions(input);
  const wanted = wantedServices(input);
  const isWanted = (service: string) => wanted?.has(service) ?? true;
  const events = [...input.events];
  const inScope = wanted
    ? events.filter(event => servicesOf(event).some(isWanted))
    : events;
  const { deployments, incidents } = mergeEvents(
    wanted ? withAllOfIncidents(inScope, events) : events,
  );
  const environment =
    input.environment && normaliseEnvironment(input.environment);
  const histories = byService(
    deployments.filter(
      d => isWanted(d.service) && isProduction(d.environment, options),
    ),
    incidents.filter(incident => isWanted(incident.service)),
  );
  const derived = histories.map(history => {
    const whole = deriveService({ ...history, options: input });
    if (environment === undefined) {
      return whole;
    }
    const inEnvironment = history.deployments.filter(
      d => d.environment === environment,
    );
    const view = { ...history, deployments: inEnvironment, options: input };
    // What is a deployment's in another environment is not unlinked here.
    return { facts: deriveService(view).facts, unlinked: whole.unlinked };
  });
  return {
    facts: rollUp(derived.flatMap(({ facts }) => facts)),
    unlinked: derived.flatMap(({ unlinked }) => unlinked),
    firstEventAt: earliest(inScope),
    incidentSourceHeard:
      input.incidentSourceHeard ?? events.some(e => e.kind === 'incident'),
  };
}

/** Also what an event that names other services says of an incident. */
function withAllOfIncidents(
  inScope: readonly DoraEventInput[],
  events: readonly DoraEventInput[],
): readonly DoraEventInput[] {
  const incidents = new Set(
    inScope.filter(e => e.kind === 'incident').map(incidentIdentity),
  );
  const isOfOne = (event: DoraEventInput) =>
    event.kind === 'incident' && incidents.has(incidentIdentity(event));
  return [
    ...inScope.filter(event => event.kind === 'deployment'),
    ...events.filter(isOfOne),
  ];
}

function wantedServices(input: ComputeInput): Set<string> | undefined {
  const { service, services } = input;
  if (service === undefined && services === undefined) {
    return undefined;
  }
  const refs = [
    ...(service === undefined ? [] : [service]),
    ...(services ?? []),
  ];
  return new Set(
    refs.map(ref => {
      const full = normaliseServiceRef(ref);
      if (full === undefined) {
        throw new InputError(
          `service must be the entity reference of a Component such as component:default/checkout, but is ${JSON.stringify(
            ref.slice(0, 60),
          )}`,
        );
      }
      return full;
    }),
  );
}

function earliest(events: readonly DoraEventInput[]): number | undefined {
  let result: number | undefined;
  for (const event of events) {
    const since = observedSince(event);
    if (since !== undefined && (result === undefined || since < result)) {
      result = since;
    }
  }
  return result;
}

function byService(
  deployments: readonly Deployment[],
  incidents: readonly Incident[],
) {
  const histories = new Map<
    string,
    { deployments: Deployment[]; incidents: Incident[] }
  >();
  const historyOf = (service: string) => {
    const known = histories.get(service);
    const history = known ?? { deployments: [], incidents: [] };
    if (!known) histories.set(service, history);
    return history;
  };
  deployments.forEach(d => historyOf(d.service).deployments.push(d));
  incidents.forEach(i => historyOf(i.service).incidents.push(i));
  return [...histories.values()];
}
