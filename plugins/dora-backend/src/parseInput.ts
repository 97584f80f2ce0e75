import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Parses the parameters of a request.
 * @throws InputError with a sentence that names the parameter, what was given and what is allowed
 * @internal
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  given: unknown,
): z.output<T> {
  const result = schema.safeParse(given, { reportInput: true });
  if (result.success) return result.data;
  const sentences = result.error.issues.map(issue => {
    const value = JSON.stringify(issue.input)?.slice(0, 80);
    const allowed =
      issue.code === 'invalid_value'
        ? `allowed are ${issue.values.map(String).join(', ')}`
        : issue.message;
    return `${issue.path.join('.') || 'body'}: ${allowed}${
      value === undefined ? '' : ` (given: ${value})`
    }`;
  });
  throw new InputError(`${sentences.join('; ')}.`);
}
