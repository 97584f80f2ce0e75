import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Reads the query parameters that a schema of strings names; an empty one
 * counts as not given.
 * @throws InputError naming the parameter, what was given and what is allowed
 * @internal
 */
export function parseQuery<T extends z.ZodType>(
  schema: T,
  query: Readonly<Record<string, unknown>>,
): z.output<T> {
  const given = Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== ''),
  );
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string') {
      throw new InputError(
        `The parameter "${name}" is given more than once, or as a list: give it once.`,
      );
    }
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const sentences = result.error.issues.map(issue => {
    const name = String(issue.path[0] ?? '');
    return `The parameter "${name}" is ${quote(given[name])}: ${
      issue.message
    }.`;
  });
  throw new InputError(sentences.join(' '));
}

/** What was given, in quotation marks and not longer than a line. @internal */
export function quote(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
