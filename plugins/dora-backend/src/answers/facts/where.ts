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

/** The condition for facts or incident facts of a scope. @internal */
export function inScope(scope: FactScope, table: string): Sql {
  const parts: Sql[] = [
    scope.environment === undefined
      ? { text: `${table}.flags & ${FLAGS.everywhere} <> 0`, values: [] }
      : { text: `${table}.environment = ?`, values: [scope.environment] },
  ];
  if (scope.serviceIds) {
    parts.push({
      text: `${table}.service_id = any(?::int[])`,
      values: [scope.serviceIds],
    });
  }
  return {
    text: parts.map(part => part.text).join(' AND '),
    values: parts.flatMap(part => part.values),
  };
}

/** Milliseconds since 1970 as PostgreSQL reads them. @internal */
export function timestamp(millis: number): string {
  return new Date(millis).toISOString();
}
