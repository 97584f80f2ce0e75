import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Parses what a caller sent; throws an InputError with a sentence that names
 * the field, what was given and what is allowed.
 * @internal
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  given: unknown,
): z.output<T> {
  const result = schema.safeParse(given);
  if (result.success) {
    return result.data;
  }
  const sentences = result.error.issues.map(issue => {
    const field = issue.path.join('.') || 'The body';
    const value = valueAt(given, issue.path);
    const was =
      issue.path.length === 0 || value === undefined
        ? ''
        : ` (given: ${shorten(JSON.stringify(value))})`;
    return `${field}: ${describe(issue)}${was}`;
  });
  throw new InputError(`${sentences.join('; ')}.`);
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    return `allowed are ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return `${issue.expected} expected`;
  }
  return issue.message;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    given,
  );
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
