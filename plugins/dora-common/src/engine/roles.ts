import { secondsBetween } from '../metrics';
import { Ancestry } from './ancestry';
import type { DeploymentRole, LeadTimeSample } from './facts';
import type { Unit } from './units';

/** What a unit is in its history, and what it brought live. @internal */
export interface RoleFacts {
  readonly role: DeploymentRole;
  readonly previousRevision?: string;
  readonly samples: readonly LeadTimeSample[];
  readonly changesAfterDeployment: number;
  readonly changesUnknown: boolean;
  /** Of a rollback: index of the unit whose revision it brought back. */
  readonly target?: number;
  /** Of a rollback: index of the first successful unit after the target. */
  readonly rolledBack?: number;
}

/** What was live before an excerpt of a history begins. @internal */
export interface Before {
  readonly liveBefore?: ReadonlySet<string>;
  readonly parentsBefore?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Follows one service's units in live order: which revision is live, which
 * were, and which changes are live already.
 * @internal
 */
export function rolesOf(
  units: readonly Unit[],
  before: Before = {},
): readonly RoleFacts[] {
  const ancestry = new Ancestry(before.parentsBefore);
  const live = new Set<string>(before.liveBefore);
  /** Index of the last live instance of each revision. */
  const instances = new Map<string, number>();
  const successorOf: (number | undefined)[] = [];
  let current: number | undefined;

  return units.map((unit, index): RoleFacts => {
    ancestry.learn(unit);
    const previous = current === undefined ? undefined : units[current];
    const target = unit.revision ? instances.get(unit.revision) : undefined;
    const role = roleOf(unit, previous, target, ancestry);
    const facts = {
      role,
      previousRevision: previous?.revision,
      ...(role === 'rollback' && {
        target,
        rolledBack: successorOf[target!],
      }),
      ...samplesOf(unit, role, live),
    };
    if (unit.succeeded) {
      if (current !== undefined) successorOf[current] = index;
      current = index;
      if (unit.revision) {
        instances.set(unit.revision, index);
        live.add(unit.revision);
      }
      unit.changes?.forEach(change => live.add(change.sha));
    }
    return facts;
  });
}

function roleOf(
  unit: Unit,
  previous: Unit | undefined,
  target: number | undefined,
  ancestry: Ancestry,
): DeploymentRole {
  if (!unit.succeeded) return 'unsuccessful';
  if (!previous) return 'first';
  if (unit.revision === undefined) return 'new';
  if (unit.revision === previous.revision) return 'redeployment';
  if (target !== undefined) return 'rollback';
  const live = previous.revision;
  const older =
    live !== undefined &&
    (unit.ancestorOf.includes(live) ||
      ancestry.isAncestor(unit.revision, live));
  return older ? 'older' : 'new';
}

/** The changes that a unit brought live for the first time. */
function samplesOf(
  unit: Unit,
  role: DeploymentRole,
  live: ReadonlySet<string>,
): Pick<RoleFacts, 'samples' | 'changesAfterDeployment' | 'changesUnknown'> {
  const samples: LeadTimeSample[] = [];
  let changesAfterDeployment = 0;
  if (role === 'new' || role === 'first') {
    for (const change of unit.changes ?? []) {
      const began = change.firstCommittedAt ?? change.committedAt;
      if (live.has(change.sha)) continue;
      if (began > unit.finishedAt) changesAfterDeployment++;
      else {
        const seconds = secondsBetween(began, unit.finishedAt);
        samples.push({ sha: change.sha, seconds });
      }
    }
  }
  const changesUnknown = role === 'new' && unit.changes === undefined;
  return { samples, changesAfterDeployment, changesUnknown };
}
