import { InputError } from '@backstage/errors';

/** Senders put free JSON into their payloads, so this is more than their own formats need. */
const MAX_DEPTH = 64;

/**
 * Refuses what no sender of webhooks sends: anything but an object, and nesting
 * without end. Does not recurse.
 * @throws InputError
 * @internal
 */
export function requireWebhookBody(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError('The body must be a JSON object.');
  }
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= MAX_DEPTH) {
      throw new InputError(
        `The body is nested deeper than ${MAX_DEPTH} levels.`,
      );
    }
    level = level.flatMap(value =>
      Object.values(value).filter(
        inner => typeof inner === 'object' && inner !== null,
      ),
    );
  }
}
