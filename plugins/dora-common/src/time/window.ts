import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';

/** From (inclusive) to (exclusive), in milliseconds since 1970. @public */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** An instant as callers have it: ISO 8601, a Date, or milliseconds since 1970. @public */
export type InstantInput = string | number | Date;

const DAY = 86_400_000;

/**
 * Throws InputError where a time zone is not one of the IANA database.
 * @public
 */
export function checkTimezone(timezone: string): string {
  if (!IANAZone.isValidZone(timezone)) {
    throw new InputError(
      `timezone must be an IANA time zone such as Europe/Berlin or UTC, but is ${JSON.stringify(
        timezone.slice(0, 60),
      )}`,
    );
  }
  return timezone;
}

/**
 * Milliseconds since 1970 of an instant; a date or a time without an offset is
 * taken in the time zone. Throws InputError that names the parameter.
 * @public
 */
export function toMillis(
  value: InstantInput,
  parameter: string,
  timezone: string = 'UTC',
): number {
  const millis =
    typeof value === 'string'
      ? DateTime.fromISO(value, { zone: timezone }).toMillis()
      : Number(value);
  if (!Number.isFinite(millis)) {
    const given = String(value).slice(0, 60);
    throw new InputError(
      `${parameter} must be an ISO 8601 date or instant such as 2026-03-02 or 2026-03-02T10:00:00Z, but is ${JSON.stringify(
        given,
      )}`,
    );
  }
  return millis;
}

/**
 * The window that two parameters name; without them, the last 90 days. Throws
 * InputError where `from` is not before `to`.
 * @public
 */
export function windowOf(input: {
  readonly from?: InstantInput;
  readonly to?: InstantInput;
  readonly timezone?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}): Window {
  const { timezone = 'UTC', now } = input;
  const to = input.to === undefined ? now : toMillis(input.to, 'to', timezone);
  const from =
    input.from === undefined
      ? to - 90 * DAY
      : toMillis(input.from, 'from', timezone);
  if (from >= to) {
    throw new InputError(
      `from must be before to, but ${instantText(
        from,
      )} is not before ${instantText(to)}`,
    );
  }
  return { from, to };
}

/** The window of equal length right before. @public */
export function previousWindow(window: Window): Window {
  return { from: window.from - (window.to - window.from), to: window.from };
}

/**
 * The days of a window since the first event, exactly; 0 where that is not in
 * or before the window, or where there is none.
 * @public
 */
export function observedDays(
  window: Window,
  firstEventAt: number | undefined,
): number {
  if (firstEventAt === undefined) {
    return 0;
  }
  return Math.max(0, window.to - Math.max(window.from, firstEventAt)) / DAY;
}

/** The length of a window in days of 24 hours, exactly. @public */
export function windowDays({ from, to }: Window): number {
  return (to - from) / DAY;
}

/** ISO 8601 in UTC, as instants stand in answers. @public */
export function instantText(millis: number): string {
  return new Date(millis).toISOString();
}
