import type { Unit } from './units';

/** Which units remediate which. @internal */
export interface Remediation {
  /** Of a unit by its index: the units that name it, in live order. */
  readonly remediators: (index: number) => readonly number[];
  /** The last unit of the chain that remediates a unit. */
  readonly lastOf: (index: number) => number | undefined;
}

/**
 * Reads who remediates whom. A unit remediates only what finished before it;
 * of several deployments with the id that it names, the latest of these.
 * Naming itself or something unknown leads nowhere, and so no chain can be a
 * circle.
 * @internal
 */
export function remediationOf(units: readonly Unit[]): Remediation {
  const seen = new Map<string, number>();
  const remediators = new Map<number, number[]>();
  units.forEach((unit, index) => {
    const targets = unit.remediates.flatMap(id => seen.get(id) ?? []);
    for (const target of new Set(targets)) {
      const list = remediators.get(target);
      if (list) list.push(index);
      else remediators.set(target, [index]);
    }
    unit.members.forEach(member => seen.set(member.id, index));
  });

  const lastOf = (start: number): number | undefined => {
    let last: number | undefined;
    const visited = new Set<number>();
    const open = [start];
    while (open.length > 0) {
      for (const index of remediators.get(open.pop()!) ?? []) {
        if (!visited.has(index)) {
          visited.add(index);
          open.push(index);
          last = Math.max(last ?? index, index);
        }
      }
    }
    return last;
  };
  return { remediators: index => remediators.get(index) ?? [], lastOf };
}
