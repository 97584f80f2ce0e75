import type { Incident, Merged } from '../engine';
import { unitsOf, type Unit } from '../engine/units';

const HOUR = 3_600_000;

/** What the definitions say of one deployment. */
export interface Naive {
  readonly key: string;
  readonly failed: boolean;
  readonly rework: boolean;
  readonly samples: readonly string[];
  readonly recovery?: readonly [number, number | undefined];
}

/**
 * The definitions, sentence by sentence, for one service: slow, without state,
 * and written apart from the engine.
 */
export function naiveFacts({
  deployments,
  incidents,
}: Merged): readonly Naive[] {
  const units = unitsOf(deployments);
  const successes = units.filter(unit => unit.succeeded);
  const at = (unit: Unit) => units.indexOf(unit);
  const before = (unit: Unit) => successes.filter(s => at(s) < at(unit));
  const after = (unit: Unit) => successes.filter(s => at(s) > at(unit));
  const contains = (unit: Unit, sha: string) =>
    unit.revision === sha || (unit.changes ?? []).some(c => c.sha === sha);

  const isRollback = (unit: Unit) => {
    const [live, earlier] = [before(unit).at(-1), before(unit)];
    return (
      unit.succeeded &&
      live?.revision !== unit.revision &&
      earlier.some(e => e.revision === unit.revision)
    );
  };
  const rolledBackBy = (unit: Unit) =>
    successes.find(s => {
      if (!isRollback(s)) return false;
      const target = before(s).findLast(e => e.revision === s.revision)!;
      return after(target)[0] === unit;
    });

  const isOlder = (unit: Unit) => {
    const live = before(unit).at(-1)?.revision;
    const known = units.slice(0, at(unit) + 1).flatMap(u => u.changes ?? []);
    const ancestors = new Set<string>();
    const climb = (sha: string) => {
      if (ancestors.has(sha)) return;
      ancestors.add(sha);
      known
        .filter(c => c.sha === sha)
        .flatMap(c => c.parents)
        .forEach(climb);
    };
    if (live !== undefined) climb(live);
    return unit.revision !== live && ancestors.has(unit.revision!);
  };
  const samples = (unit: Unit) => {
    const live = before(unit).at(-1);
    const addsNone =
      !unit.succeeded ||
      (live !== undefined &&
        (live.revision === unit.revision || isRollback(unit) || isOlder(unit)));
    return (addsNone ? [] : unit.changes ?? [])
      .filter(c => !before(unit).some(b => contains(b, c.sha)))
      .filter(c => (c.firstCommittedAt ?? c.committedAt) <= unit.finishedAt)
      .map(c => c.sha);
  };

  const byId = (list: readonly Unit[], id: string) =>
    list.findLast(unit => unit.members.some(member => member.id === id));
  const remediators = (unit: Unit) =>
    units.filter(u =>
      u.remediates.some(id => byId(units.slice(0, at(u)), id) === unit),
    );
  const chain = (unit: Unit): readonly Unit[] =>
    remediators(unit).flatMap(r => [r, ...chain(r)]);

  const cause = (incident: Incident): Unit | undefined => {
    const [{ openedAt }] = incident.intervals;
    const until = (list: readonly Unit[]) =>
      list.filter(s => s.finishedAt <= openedAt).at(-1);
    const { deployment, revision } = incident;
    if (deployment === undefined && revision === undefined) {
      const unit = until(successes);
      return unit && openedAt - unit.finishedAt <= 72 * HOUR ? unit : undefined;
    }
    const named = deployment ? byId(units, deployment) : undefined;
    const of = successes.filter(s => s.revision === revision);
    return named ?? until(of) ?? of[0];
  };
  const own = (unit: Unit) => incidents.filter(i => cause(i) === unit);

  const recovery = (unit: Unit): Naive['recovery'] => {
    const mine = own(unit);
    if (mine.length > 0) {
      const all = mine.flatMap(i => i.intervals);
      const open = all.some(i => i.resolvedAt === undefined);
      return [
        Math.min(...all.map(i => i.openedAt)),
        open ? undefined : Math.max(...all.map(i => i.resolvedAt!)),
      ];
    }
    if (!unit.succeeded) {
      const since = before(unit).at(-1);
      const outage = units
        .slice(since ? at(since) + 1 : 0)
        .find(u => !u.succeeded && own(u).length === 0);
      return outage === unit
        ? [unit.finishedAt, after(unit)[0]?.finishedAt]
        : undefined;
    }
    const end =
      rolledBackBy(unit) ?? units.findLast(u => chain(unit).includes(u));
    return end && [unit.finishedAt, end.succeeded ? end.finishedAt : undefined];
  };

  return units.map(unit => {
    const failed =
      !unit.succeeded ||
      own(unit).length > 0 ||
      rolledBackBy(unit) !== undefined ||
      remediators(unit).length > 0;
    return {
      key: unit.key,
      failed,
      rework:
        unit.succeeded &&
        (isRollback(unit) || unit.hotfix || unit.remediates.length > 0),
      samples: samples(unit),
      recovery: failed ? recovery(unit) : undefined,
    };
  });
}
