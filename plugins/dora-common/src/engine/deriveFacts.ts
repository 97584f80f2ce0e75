import type {
  Deployment,
  DeploymentFacts,
  FailureReason,
  Incident,
  ReworkReason,
} from './facts';
import type { EngineOptions } from './options';
import { recoveryOfIncidents } from './recovery';
import { serviceHistory, type ServiceHistory } from './serviceHistory';

/** One service's history, or a faithful excerpt of it. @public */
export interface DeriveInput {
  /** Production deployments of one service; those that have not finished add nothing. */
  readonly deployments: readonly Deployment[];
  /** Of the same service. */
  readonly incidents: readonly Incident[];
  /**
   * Of an excerpt: those shas, of all that its deployments list as changes or
   * have as revision, that are a change or the revision of a successful unit
   * before the excerpt.
   */
  readonly liveBefore?: ReadonlySet<string>;
  /** Of an excerpt: parents of changes of units before it, by sha. */
  readonly parentsBefore?: ReadonlyMap<string, readonly string[]>;
  readonly options?: EngineOptions;
}

/** What one service's history comes to. @public */
export interface DerivedService {
  /** In live order. */
  readonly facts: readonly DeploymentFacts[];
  /** Incidents that are no deployment's. */
  readonly unlinked: readonly Incident[];
}

/**
 * Phase 2: the facts of each of a service's units, in live order.
 *
 * It is right on a whole history and, for the units since some instant, on a
 * faithful excerpt: all units since that instant, and of those before it the
 * live one with the failed attempts since; for each revision since then its
 * last earlier live instance and the successful unit after that; what is
 * remediated or named by an incident; with `liveBefore` and `parentsBefore`.
 * All members of a rollout go together.
 * @public
 */
export function deriveFacts(input: DeriveInput): readonly DeploymentFacts[] {
  return deriveService(input).facts;
}

/** {@link deriveFacts}, and the incidents that are no deployment's. @public */
export function deriveService(input: DeriveInput): DerivedService {
  const history = serviceHistory(input);
  const facts = history.units.map((unit, index): DeploymentFacts => {
    const { key, id, service, rolloutId, finishedAt, succeeded } = unit;
    const { target, rolledBack, ...role } = history.roles[index];
    const failures = failuresOf(history, index);
    const recovery =
      failures.length > 0 ? recoveryOf(history, index) : undefined;
    return {
      ...{ key, id, service, rolloutId, finishedAt, succeeded },
      members: unit.members.map(member => member.key),
      revision: unit.revision,
      ...role,
      failures,
      rework: reworkOf(history, index),
      ...(recovery && { recovery }),
    };
  });
  return { facts, unlinked: history.unlinked };
}

function failuresOf(
  history: ServiceHistory,
  index: number,
): readonly FailureReason[] {
  const { units, incidents, rollbacks, remediation, outages } = history;
  const reasons: FailureReason[] = [];
  if (outages && !units[index].succeeded) {
    reasons.push({ kind: 'failed-attempt' });
  }
  for (const { key } of incidents.get(index) ?? []) {
    reasons.push({ kind: 'incident', incident: key });
  }
  const rollback = rollbacks.get(index);
  if (rollback !== undefined) {
    reasons.push({ kind: 'rolled-back', by: units[rollback].key });
  }
  for (const remediator of remediation.remediators(index)) {
    reasons.push({ kind: 'remediated', by: units[remediator].key });
  }
  return reasons;
}

/**
 * How long a unit that failed was failing: its incidents tell; else, of a
 * failed attempt, the outage that it holds; else what rolled it back or the
 * last of what remediates it.
 */
function recoveryOf(
  history: ServiceHistory,
  index: number,
): DeploymentFacts['recovery'] {
  const { units, incidents, rollbacks, remediation, outages } = history;
  const own = incidents.get(index);
  if (own) {
    return recoveryOfIncidents(own);
  }
  if (outages && !units[index].succeeded) {
    return outages.get(index);
  }
  const end = units[rollbacks.get(index) ?? remediation.lastOf(index)!];
  return {
    impactAt: units[index].finishedAt,
    ...(end.succeeded && { recoveredAt: end.finishedAt }),
  };
}

/** Only what succeeded is rework: an attempt that failed remediated nothing. */
function reworkOf(
  { units, roles }: ServiceHistory,
  index: number,
): readonly ReworkReason[] {
  const { succeeded, hotfix, remediates } = units[index];
  if (!succeeded) {
    return [];
  }
  const reasons: ReworkReason[] = [];
  const { target } = roles[index];
  if (target !== undefined) {
    reasons.push({ kind: 'rollback', to: units[target].key });
  }
  if (hotfix) {
    reasons.push({ kind: 'hotfix' });
  }
  for (const of of new Set(remediates)) {
    reasons.push({ kind: 'remediation', of });
  }
  return reasons;
}
