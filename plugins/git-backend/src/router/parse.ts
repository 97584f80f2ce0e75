import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Reads input by a schema.
 * @throws InputError with one sentence for each field that is wrong.
 * @internal
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const result = schema.safeParse(input ?? {});
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .map(issue => {
          const message = sentence(schema, issue);
          return issue.path.length > 0
            ? `${issue.path.join('.')}: ${message}`
            : message;
        })
        .join('; '),
    );
  }
  return result.data;
}

function sentence(schema: z.ZodType, issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys' || !(schema instanceof z.ZodObject)) {
    return issue.message;
  }
  const keys = issue.keys.map(key => `'${key.slice(0, 100)}'`).join(', ');
  return `${keys} is not known here; write ${Object.keys(schema.shape).join(
    ', ',
  )} only`;
}
