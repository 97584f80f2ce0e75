import type { Incident } from './facts';
import type { ResolvedOptions } from './options';
import type { Unit } from './units';

const COMMIT_PREFIX = /^[0-9a-f]{7,64}$/i;

/** Which incidents speak against which units. @internal */
export interface Attribution {
  /** By the unit's index, in the order of opening. */
  readonly incidents: ReadonlyMap<number, readonly Incident[]>;
  readonly unlinked: readonly Incident[];
}

/**
 * Attributes the incidents of one service to its units: a named deployment or
 * revision at any distance, otherwise the latest successful unit that had
 * finished when the incident opened, within the attribution window.
 * @internal
 */
export function attributeIncidents(
  units: readonly Unit[],
  incidents: readonly Incident[],
  options: Pick<ResolvedOptions, 'attributionWindowSeconds'>,
): Attribution {
  const find = finder(units, options.attributionWindowSeconds * 1000);
  const linked = new Map<number, Incident[]>();
  const unlinked: Incident[] = [];
  for (const incident of [...incidents].sort(byOpening)) {
    const index = find(incident);
    if (index === undefined) {
      unlinked.push(incident);
      continue;
    }
    const list = linked.get(index);
    if (list) list.push(incident);
    else linked.set(index, [incident]);
  }
  return { incidents: linked, unlinked };
}

function byOpening(a: Incident, b: Incident): number {
  const [left, right] = [openedAt(a), openedAt(b)];
  return left - right || (a.key < b.key ? -1 : 1);
}

/** When an incident began first. @internal */
export function openedAt(incident: Incident): number {
  return incident.intervals[0]?.openedAt ?? Number.NaN;
}

function finder(units: readonly Unit[], distance: number) {
  const successes = units.flatMap((u, index) => (u.succeeded ? [index] : []));
  const byId = new Map<string, number>();
  units.forEach((unit, index) =>
    unit.members.forEach(member => byId.set(member.id, index)),
  );

  /** Of units in live order the last that had finished, else the first. */
  const lastBefore = (candidates: readonly number[], instant: number) =>
    candidates.findLast(index => units[index].finishedAt <= instant) ??
    candidates[0];

  return (incident: Incident): number | undefined => {
    const { deployment, revision } = incident;
    const opened = openedAt(incident);
    if (deployment === undefined && revision === undefined) {
      const latest = successes[countUntil(units, successes, opened) - 1];
      return latest !== undefined &&
        opened - units[latest].finishedAt <= distance
        ? latest
        : undefined;
    }
    const named = deployment === undefined ? undefined : byId.get(deployment);
    if (named !== undefined || revision === undefined) {
      return named;
    }
    const candidates = successes.filter(index =>
      isRevision(units[index].revision, revision),
    );
    return lastBefore(candidates, opened);
  };
}

function isRevision(revision: string | undefined, named: string): boolean {
  return (
    revision === named ||
    (revision !== undefined &&
      COMMIT_PREFIX.test(named) &&
      revision.toLowerCase().startsWith(named.toLowerCase()))
  );
}

/** How many of the units had finished at an instant. */
function countUntil(
  units: readonly Unit[],
  indexes: readonly number[],
  instant: number,
): number {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[indexes[middle]].finishedAt <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
