import type { FilterPredicate } from '@backstage/filter-predicates';

/**
 * Matches entities of a kind that have such a relation to an entity of another kind, so that a
 * card about it never stands there empty.
 *
 * @internal
 */
export function hasRelation(
  kind: string,
  type: string,
  targetKind: string,
): FilterPredicate {
  return {
    kind,
    relations: {
      $contains: { type, targetRef: { $hasPrefix: `${targetKind}:` } },
    },
  };
}
