import { InputError } from '@backstage/errors';
import type { z } from 'zod';

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
        .map(({ path, message }) =>
          path.length > 0 ? `${path.join('.')}: ${message}` : message,
        )
        .join('; '),
    );
  }
  return result.data;
}
