import { FLAGS } from '../../facts/flags';
import type { SqlValue } from '../../facts/query';

/** Which facts an answer is made of. @internal */
export interface FactScope {
  /** Undefined: all services. */
  readonly serviceIds?: readonly number[];
  /** In lower case. */
  readonly environment?: string;
}

/** A piece of SQL with the values of its question marks. @internal */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** The condition for the facts `f` of a scope, but for their flags. @internal */
export function inScope(scope: FactScope): Sql {
  const parts: Sql[] = [];
  if (scope.environment !== undefined) {
    parts.push({ text: 'f.environment = ?', values: [scope.environment] });
  }
  if (scope.serviceIds) {
    parts.push({
      text: 'f.service_id = any(?::int[])',
      values: [scope.serviceIds],
    });
  }
  return {
    text: ['true', ...parts.map(part => part.text)].join(' AND '),
    values: parts.flatMap(part => part.values),
  };
}

/**
 * The condition for the flags of the facts `f` of a scope: those that count
 * without an environment, or with one; with or without rollouts of several
 * services.
 * @internal
 */
export function withFlags(
  { environment }: FactScope,
  { shared }: { readonly shared: boolean },
): string {
  const wanted = environment === undefined ? FLAGS.everywhere : 0;
  const mask = wanted + (shared ? 0 : FLAGS.shared);
  return `(f.flags & ${mask}) = ${wanted}`;
}

/** Milliseconds since 1970 as PostgreSQL reads them. @internal */
export function timestamp(millis: number): string {
  return new Date(millis).toISOString();
}
