import { InputError } from '@backstage/errors';
import { normaliseServiceRef, observedSince } from '../events';
import type { DoraEventInput } from '../events';
import type { Interval, MetricsAnswer } from '../metrics';
import {
  buckets,
  checkTimezone,
  previousWindow,
  toMillis,
  windowOf,
  type InstantInput,
  type Window,
} from '../time';
import { openedAt } from './attributeIncidents';
import { deriveService } from './deriveFacts';
import type { Deployment, DeploymentFacts, Incident } from './facts';
import { findingsOf } from './findings';
import { mergeEvents, servicesOf } from './mergeEvents';
import { metricsAnswer } from './metricsAnswer';
import { isProduction, resolveOptions, type EngineOptions } from './options';
import { rollUp } from './rollUp';
import { summarizeBuckets, summarizeFacts } from './summarizeFacts';

/** What {@link computeMetrics} takes. @public */
export interface ComputeInput extends EngineOptions {
  /** In any order, any number of times. */
  readonly events: Iterable<DoraEventInput>;
  /** Entity reference; without it and `services`, all services of the events. */
  readonly service?: string;
  readonly services?: readonly string[];
  /** Only deployments to this one; it must be a production environment to count. */
  readonly environment?: string;
  /** From (inclusive) to (exclusive); without it, the last 90 days. */
  readonly window?: {
    readonly from?: InstantInput;
    readonly to?: InstantInput;
  };
  /** Default: week. */
  readonly interval?: Interval;
  /** IANA name. Default: UTC. */
  readonly timezone?: string;
  /** The clock. Default: the end of the window. */
  readonly now?: InstantInput;
  /** Default: whether any of the events is an incident. */
  readonly incidentSourceHeard?: boolean;
}

interface Scope {
  readonly facts: readonly DeploymentFacts[];
  readonly unlinked: readonly Incident[];
  readonly firstEventAt?: number;
  readonly incidentSourceHeard: boolean;
}

/**
 * The five metrics of a set of events over a window, with the window before,
 * a series of buckets and findings. Throws InputError that names the
 * parameter that is wrong.
 * @public
 */
export function computeMetrics(input: ComputeInput): MetricsAnswer {
  const { interval = 'week', environment } = input;
  const timezone = checkTimezone(input.timezone ?? 'UTC');
  const now = toMillis(clockOf(input), 'now', timezone);
  const window = windowOf({ ...input.window, timezone, now });
  const scope = scopeOf(input);
  const { facts, firstEventAt } = scope;
  const parts = buckets({ ...window, interval, timezone });
  const counted = summarizeBuckets(facts, parts, firstEventAt);
  return metricsAnswer({
    ...{ window, timezone, now },
    current: summarizeFacts(facts, window, firstEventAt),
    previous: summarizeFacts(facts, previousWindow(window), firstEventAt),
    series: parts.map((bucket, i) => ({ bucket, parts: counted[i] })),
    findings: findingsOf({
      ...{ window, ...scope, ...weaknesses(scope, window) },
      notProduction:
        environment === undefined ||
        isProduction(environment, resolveOptions(input))
          ? undefined
          : environment,
    }),
  });
}

function clockOf(input: ComputeInput): InstantInput {
  const now = input.now ?? input.window?.to;
  if (now === undefined) {
    throw new InputError('now must be given where the window has no end');
  }
  return now;
}

/** The facts of all services that are asked for. */
function scopeOf(input: ComputeInput): Scope {
  const options = resolveOptions(input);
  const wanted = wantedServices(input);
  const isWanted = (service: string) => wanted?.has(service) ?? true;
  const events = [...input.events];
  const inScope = wanted
    ? events.filter(event => servicesOf(event).some(isWanted))
    : events;
  const { deployments, incidents } = mergeEvents(inScope);
  const environment = input.environment?.toLowerCase();
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
      d => d.environment.toLowerCase() === environment,
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

/** What is counted beside the metrics, in the window. */
function weaknesses({ facts, unlinked }: Scope, { from, to }: Window) {
  const inWindow = (instant: number) => from <= instant && instant < to;
  const finished = facts.filter(fact => inWindow(fact.finishedAt));
  return {
    unlinkedIncidents: unlinked.filter(i => inWindow(openedAt(i))).length,
    changesAfterDeployment: finished.reduce(
      (total, fact) => total + fact.changesAfterDeployment,
      0,
    ),
    deploymentsWithoutChanges: finished.filter(fact => fact.changesUnknown)
      .length,
  };
}
