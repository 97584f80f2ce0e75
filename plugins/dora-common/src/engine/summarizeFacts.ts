import {
  secondsBetween,
  type MetricParts,
  type OngoingFailure,
} from '../metrics';
import { bucketIndex, observedDays, type Bucket, type Window } from '../time';
import type { DeploymentFacts } from './facts';

interface Tally {
  total: number;
  deployments: number;
  failed: number;
  rework: number;
  readonly leadSeconds: number[];
  readonly recoverySeconds: number[];
  readonly ongoing: OngoingFailure[];
}

/**
 * Phase 3 for a whole window: counts the facts of a scope (rolled up). All
 * failures that began before its end and are not over are ongoing.
 * @public
 */
export function summarizeFacts(
  facts: readonly DeploymentFacts[],
  window: Window,
  /** Of the scope, in milliseconds since 1970. */
  firstEventAt: number | undefined,
): MetricParts {
  const bucket = { start: window.from, end: window.to, partial: false };
  const [parts] = summarizeBuckets(facts, [bucket], firstEventAt);
  const ongoing = facts
    .filter(fact => isOngoing(fact) && fact.recovery!.impactAt < window.to)
    .map(ongoingOf);
  return { ...parts, ongoing };
}

/**
 * Phase 3 for buckets: a deployment counts where it finished, a recovery where
 * it ended, an ongoing failure where it began. Linear in the facts.
 * @public
 */
export function summarizeBuckets(
  facts: readonly DeploymentFacts[],
  buckets: readonly Bucket[],
  firstEventAt: number | undefined,
): readonly MetricParts[] {
  const tallies = buckets.map(emptyTally);
  for (const fact of facts) {
    const finished = tallies[bucketIndex(buckets, fact.finishedAt)];
    if (finished) {
      count(finished, fact);
    }
    const { impactAt, recoveredAt } = fact.recovery ?? {};
    if (impactAt !== undefined && recoveredAt !== undefined) {
      tallies[bucketIndex(buckets, recoveredAt)]?.recoverySeconds.push(
        secondsBetween(impactAt, recoveredAt),
      );
    } else if (impactAt !== undefined) {
      tallies[bucketIndex(buckets, impactAt)]?.ongoing.push(ongoingOf(fact));
    }
  }
  return tallies.map((tally, index) => {
    const { start, end } = buckets[index];
    const days = observedDays({ from: start, to: end }, firstEventAt);
    return { ...tally, observedDays: days };
  });
}

function emptyTally(): Tally {
  return {
    ...{ total: 0, deployments: 0, failed: 0, rework: 0 },
    ...{ leadSeconds: [], recoverySeconds: [], ongoing: [] },
  };
}

function count(tally: Tally, fact: DeploymentFacts): void {
  tally.total++;
  if (fact.succeeded) tally.deployments++;
  if (fact.failures.length > 0) tally.failed++;
  if (fact.rework.length > 0) tally.rework++;
  for (const sample of fact.samples) tally.leadSeconds.push(sample.seconds);
}

function isOngoing({ recovery }: DeploymentFacts): boolean {
  return recovery !== undefined && recovery.recoveredAt === undefined;
}

function ongoingOf(fact: DeploymentFacts): OngoingFailure {
  const { id, service, recovery } = fact;
  return { deployment: id, service, impactAt: recovery!.impactAt };
}
