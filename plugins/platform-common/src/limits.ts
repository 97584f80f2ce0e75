import type { Environment } from './environments';
import { SIZE_NAMES, type SizeName } from './sizes';
import type { RequestKind } from './types';

/** One entry of `platform.limits`; a part that is left out matches everything. @public */
export interface LimitRule {
  readonly kinds?: readonly RequestKind[];
  readonly environments?: readonly Environment[];
  /** Entity references of groups. */
  readonly teams?: readonly string[];
  /** The sizes that may be asked for; an empty list allows none. */
  readonly sizes: readonly SizeName[];
}

/** What a limit is asked about. @public */
export interface LimitQuestion {
  readonly kind: RequestKind;
  readonly environment: Environment;
  /** Entity reference of the owning group. */
  readonly team: string;
}

/** The sizes a team may ask for: those of the first rule that matches; all, where none does. @public */
export function allowedSizes(
  limits: readonly LimitRule[],
  question: LimitQuestion,
): readonly SizeName[] {
  const rule = limits.find(
    each =>
      matches(each.kinds, question.kind) &&
      matches(each.environments, question.environment) &&
      matches(each.teams, question.team),
  );
  return rule
    ? SIZE_NAMES.filter(size => rule.sizes.includes(size))
    : SIZE_NAMES;
}

function matches<T>(list: readonly T[] | undefined, value: T): boolean {
  return list === undefined || list.includes(value);
}
