import { secondsBetween } from '../metrics';
import type { DeploymentFacts, LeadTimeSample } from './facts';
import { byFinish } from './units';

/**
 * Pools the facts of several services. A rollout across services counts once:
 * it finishes with its last member, has succeeded when all have, and failed
 * when any has. Where it has not succeeded in the scope, the changes of its
 * succeeded members are no samples of the scope: they are of the service's
 * own view only. In live order.
 * @public
 */
export function rollUp(
  facts: readonly DeploymentFacts[],
): readonly DeploymentFacts[] {
  const rollouts = new Map<string, DeploymentFacts[]>();
  const result: DeploymentFacts[] = [];
  for (const fact of facts) {
    const rollout =
      fact.rolloutId === undefined ? undefined : rollouts.get(fact.rolloutId);
    if (rollout) rollout.push(fact);
    else if (fact.rolloutId === undefined) result.push(fact);
    else rollouts.set(fact.rolloutId, [fact]);
  }
  for (const members of rollouts.values()) {
    result.push(members.length === 1 ? members[0] : mergeRollout(members));
  }
  return result.sort(byFinish);
}

/** The facts of one rollout from those of each of its services. */
function mergeRollout(unordered: readonly DeploymentFacts[]): DeploymentFacts {
  const members = [...unordered].sort(byFinish);
  const last = members[members.length - 1];
  const succeeded = members.every(member => member.succeeded);
  const recovery = recoveryOf(members);
  return {
    ...last,
    members: members.flatMap(member => member.members),
    succeeded,
    role: succeeded ? last.role : 'unsuccessful',
    failures: members.flatMap(member => member.failures),
    rework: succeeded ? members.flatMap(member => member.rework) : [],
    samples: succeeded ? samplesOf(members, last.finishedAt) : [],
    changesAfterDeployment: succeeded
      ? sum(members.map(member => member.changesAfterDeployment))
      : 0,
    changesUnknown: succeeded && members.some(m => m.changesUnknown),
    recovery,
  };
}

/** Each change once, live when the rollout finished. */
function samplesOf(
  members: readonly DeploymentFacts[],
  finishedAt: number,
): readonly LeadTimeSample[] {
  const bySha = new Map<string, LeadTimeSample>();
  for (const member of members) {
    const later = secondsBetween(member.finishedAt, finishedAt);
    for (const { sha, seconds } of member.samples) {
      const known = bySha.get(sha)?.seconds ?? 0;
      bySha.set(sha, { sha, seconds: Math.max(known, seconds + later) });
    }
  }
  return [...bySha.values()];
}

/** From the earliest impact to the last recovery. */
function recoveryOf(
  members: readonly DeploymentFacts[],
): DeploymentFacts['recovery'] {
  const recoveries = members.flatMap(member => member.recovery ?? []);
  if (recoveries.length === 0) {
    return undefined;
  }
  const impactAt = Math.min(...recoveries.map(r => r.impactAt));
  const ends = recoveries.map(r => r.recoveredAt);
  return ends.some(end => end === undefined)
    ? { impactAt }
    : { impactAt, recoveredAt: Math.max(...(ends as number[])) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
