import { InputError } from '@backstage/errors';
import type { DoraEventInput } from '../events';
import type { Interval, MetricsAnswer } from '../metrics';
import {
  buckets,
  checkTimezone,
  defaultInterval,
  previousWindow,
  toMillis,
  windowOf,
  type InstantInput,
  type Window,
} from '../time';
import { openedAt } from './attributeIncidents';
import { findingsOf } from './findings';
import { metricsAnswer } from './metricsAnswer';
import { isProduction, resolveOptions, type EngineOptions } from './options';
import { scopeOf, type Scope } from './scope';
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
  /** Default: what shows the window well, see {@link defaultInterval}. */
  readonly interval?: Interval;
  /** IANA name. Default: UTC. */
  readonly timezone?: string;
  /** The clock. Default: the end of the window. */
  readonly now?: InstantInput;
  /** Default: whether any of the events is an incident. */
  readonly incidentSourceHeard?: boolean;
}

/**
 * The five metrics of a set of events over a window, with the window before,
 * a series of buckets and findings. Throws InputError that names the
 * parameter that is wrong.
 * @public
 */
export function computeMetrics(input: ComputeInput): MetricsAnswer {
  const { environment } = input;
  const timezone = checkTimezone(input.timezone ?? 'UTC');
  const now = toMillis(clockOf(input), 'now', timezone);
  const window = windowOf({ ...input.window, timezone, now });
  const interval = input.interval ?? defaultInterval(window);
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
