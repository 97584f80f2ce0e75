import type { Deployment, DeriveInput, Merged } from '../engine';
import { unitsOf, type Unit } from '../engine/units';

/**
 * The faithful excerpt of one service's history since an instant: as little of
 * what was before as the facts since then need.
 */
export function excerptOf(history: Merged, since: number): DeriveInput {
  const units = unitsOf(history.deployments);
  const suffix = units.filter(unit => unit.finishedAt >= since);
  const before = units.slice(0, units.length - suffix.length);
  const revisions = new Set(suffix.map(unit => unit.revision));
  const context = new Set<Unit>(sinceLive(before));
  for (const revision of revisions) {
    const last = before.findLastIndex(
      u => u.succeeded && u.revision === revision,
    );
    const next = before.findIndex(
      (u, i) => last >= 0 && i > last && u.succeeded,
    );
    if (last >= 0) context.add(before[last]);
    if (next >= 0) context.add(before[next]);
  }
  // By id or revision, what somebody names: any instance, for the last one counts.
  const names = new Set([
    ...history.incidents.flatMap(i => [i.deployment, i.revision]),
    ...suffix.flatMap(unit => unit.remediates),
  ]);
  before
    .filter(
      unit =>
        names.has(unit.revision) || unit.members.some(m => names.has(m.id)),
    )
    .forEach(unit => context.add(unit));

  const kept = new Set(
    [...context, ...suffix].flatMap(unit => unit.members.map(m => m.key)),
  );
  return {
    deployments: history.deployments.filter((d: Deployment) => kept.has(d.key)),
    incidents: history.incidents,
    liveBefore: liveOf(before),
    parentsBefore: parentsOf(before),
  };
}

/** The live unit, and the attempts that failed since. */
function sinceLive(units: readonly Unit[]): readonly Unit[] {
  return units.slice(
    Math.max(
      0,
      units.findLastIndex(unit => unit.succeeded),
    ),
  );
}

function liveOf(units: readonly Unit[]): ReadonlySet<string> {
  return new Set(
    units
      .filter(unit => unit.succeeded)
      .flatMap(unit => [
        ...(unit.revision ? [unit.revision] : []),
        ...(unit.changes ?? []).map(change => change.sha),
      ]),
  );
}

function parentsOf(
  units: readonly Unit[],
): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, readonly string[]>();
  units
    .flatMap(unit => unit.changes ?? [])
    .forEach(change =>
      parents.set(change.sha, [
        ...(parents.get(change.sha) ?? []),
        ...change.parents,
      ]),
    );
  return parents;
}
