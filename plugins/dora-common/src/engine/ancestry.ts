import type { Unit } from './units';

/**
 * What is known about which commit descends from which; grows along the
 * history.
 * @internal
 */
export class Ancestry {
  readonly #children = new Map<string, string[]>();

  constructor(parentsBefore?: ReadonlyMap<string, readonly string[]>) {
    parentsBefore?.forEach((parents, sha) => this.#add(sha, parents));
  }

  /** Takes in the parents of a unit's changes. */
  learn(unit: Unit): void {
    unit.changes?.forEach(change => this.#add(change.sha, change.parents));
  }

  /**
   * Whether a revision is known to be an ancestor of another one. Looks from
   * the ancestor on, for a deployed revision has few known descendants where
   * the live one has the whole history behind it.
   */
  isAncestor(revision: string, of: string): boolean {
    const seen = new Set([revision]);
    const open = [revision];
    while (open.length > 0) {
      for (const child of this.#children.get(open.pop()!) ?? []) {
        if (child === of) {
          return true;
        }
        if (!seen.has(child)) {
          seen.add(child);
          open.push(child);
        }
      }
    }
    return false;
  }

  #add(sha: string, parents: readonly string[]): void {
    for (const parent of parents) {
      const children = this.#children.get(parent);
      if (children) children.push(sha);
      else this.#children.set(parent, [sha]);
    }
  }
}
