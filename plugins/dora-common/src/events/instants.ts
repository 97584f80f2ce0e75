import { InputError } from '@backstage/errors';
import type { DoraEventInput } from './types';

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/;

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Milliseconds since 1970 of an ISO 8601 instant with an offset; undefined
 * where it is none. Stricter than `Date.parse`, which takes 30 February.
 * @public
 */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (!match) {
    return undefined;
  }
  const [year, month, day] = [+match[1], +match[2], +match[3]];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && !leap ? 28 : DAYS[month - 1];
  if (last === undefined || day < 1 || day > last) {
    return undefined;
  }
  return Date.parse(text);
}

/**
 * Milliseconds since 1970 of an instant that a field of an event names.
 * Throws InputError where it is none.
 * @internal
 */
export function instantOf(text: string, field: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new InputError(
      `${field} must be an ISO 8601 instant with an offset, such as 2026-03-02T10:03:12Z, but is ${JSON.stringify(
        text,
      )}`,
    );
  }
  return instant;
}

/**
 * The instant by which the events of one deployment or incident are ordered,
 * in milliseconds since 1970; undefined where the event names none.
 * @public
 */
export function eventInstant(event: DoraEventInput): number | undefined {
  if (event.kind === 'deployment') {
    const field = (['finishedAt', 'occurredAt', 'startedAt'] as const).find(
      name => event[name] !== undefined,
    );
    return field && instantOf(event[field]!, field);
  }
  if (event.status === 'resolved' && event.resolvedAt !== undefined) {
    return instantOf(event.resolvedAt, 'resolvedAt');
  }
  return event.occurredAt === undefined
    ? instantOf(event.openedAt, 'openedAt')
    : instantOf(event.occurredAt, 'occurredAt');
}

/**
 * When an event was told, as far as it says: of two that speak of one instant,
 * the one told later corrects the other.
 * @internal
 */
export function toldAt(event: DoraEventInput): number | undefined {
  return event.occurredAt === undefined
    ? eventInstant(event)
    : instantOf(event.occurredAt, 'occurredAt');
}

/**
 * Since when the event's services are observed, in milliseconds since 1970:
 * a deployment's instant, an incident's opening.
 * @public
 */
export function observedSince(event: DoraEventInput): number | undefined {
  return event.kind === 'deployment'
    ? eventInstant(event)
    : instantOf(event.openedAt, 'openedAt');
}
