import { attributeIncidents } from './attributeIncidents';
import type {
  Deployment,
  DeploymentFacts,
  FailureReason,
  Incident,
  ReworkReason,
} from './facts';
import { resolveOptions, type EngineOptions } from './options';
import { recoveryOfIncidents, outagesOf } from './recovery';
import { remediationOf } from './remediation';
import { rolesOf, type RoleFacts } from './roles';
import { unitsOf, type Unit } from './units';

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
  const options = resolveOptions(input.options);
  const units = unitsOf(input.deployments);
  const roles = rolesOf(units, input);
  const remediation = remediationOf(units);
  const { incidents, unlinked } = attributeIncidents(
    units,
    input.incidents,
    options,
  );
  const rollbacks = new Map(
    roles.flatMap(({ rolledBack }, index) =>
      rolledBack === undefined ? [] : [[rolledBack, index]],
    ),
  );
  const outages = options.failedAttemptsCount
    ? outagesOf(units, index => incidents.has(index))
    : undefined;

  const failuresOf = (unit: Unit, index: number): FailureReason[] => {
    const rollback = rollbacks.get(index);
    return [
      ...(outages && !unit.succeeded
        ? [{ kind: 'failed-attempt' } as const]
        : []),
      ...(incidents.get(index) ?? []).map(
        ({ key }) => ({ kind: 'incident', incident: key } as const),
      ),
      ...(rollback === undefined
        ? []
        : [{ kind: 'rolled-back', by: units[rollback].key } as const]),
      ...remediation
        .remediators(index)
        .map(by => ({ kind: 'remediated', by: units[by].key } as const)),
    ];
  };

  const recoveryOf = (unit: Unit, index: number) => {
    const own = incidents.get(index);
    if (own) return recoveryOfIncidents(own);
    if (outages && !unit.succeeded) return outages.get(index);
    const end = rollbacks.get(index) ?? remediation.lastOf(index)!;
    return {
      impactAt: unit.finishedAt,
      ...(units[end].succeeded && { recoveredAt: units[end].finishedAt }),
    };
  };

  const facts = units.map((unit, index): DeploymentFacts => {
    const failures = failuresOf(unit, index);
    const recovery = failures.length > 0 ? recoveryOf(unit, index) : undefined;
    return {
      ...factsOf(unit, roles[index]),
      failures,
      rework: reworkOf(unit, roles[index], units),
      ...(recovery && { recovery }),
    };
  });
  return { facts, unlinked };
}

function factsOf(unit: Unit, facts: RoleFacts) {
  const { key, id, service, rolloutId, finishedAt, succeeded, revision } = unit;
  const { target, rolledBack, ...role } = facts;
  const members = unit.members.map(member => member.key);
  return {
    ...{ key, id, service, members, rolloutId },
    ...{ finishedAt, succeeded, revision },
    ...role,
  };
}

/** Only what succeeded is rework: an attempt that failed remediated nothing. */
function reworkOf(
  unit: Unit,
  { target }: RoleFacts,
  units: readonly Unit[],
): readonly ReworkReason[] {
  if (!unit.succeeded) {
    return [];
  }
  return [
    ...(target === undefined
      ? []
      : [{ kind: 'rollback', to: units[target].key } as const]),
    ...(unit.hotfix ? [{ kind: 'hotfix' } as const] : []),
    ...[...new Set(unit.remediates)].map(
      of => ({ kind: 'remediation', of } as const),
    ),
  ];
}
