import { InputError } from '@backstage/errors';
import type { Interval } from '@waymark/plugin-dora-common';
import { DateTime, IANAZone } from 'luxon';
import type { Window } from './Filter';
import { quote } from './parseQuery';

const DAY = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 90;
const MOST_YEARS = 3;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The time zone asked for, UTC by default. @internal */
export function parseTimezone(given: string | undefined): string {
  if (given === undefined) return 'UTC';
  const named = /^[A-Za-z]/.test(given) && given.length <= 64;
  if (!named || !IANAZone.isValidZone(given)) {
    throw new InputError(
      `The parameter "timezone" is ${quote(
        given,
      )}: give the IANA name of a time zone, such as UTC or Europe/Berlin.`,
    );
  }
  return given;
}

/**
 * The window asked for: the last 90 days by default. Dates, and instants
 * without an offset, are those of the time zone.
 * @internal
 */
export function parseWindow(
  given: { readonly from?: string; readonly to?: string },
  timezone: string,
  now: number,
): Window {
  const to = given.to === undefined ? now : instant('to', given.to, timezone);
  const from =
    given.from === undefined
      ? to - DEFAULT_DAYS * DAY
      : instant('from', given.from, timezone);
  if (from >= to) {
    throw new InputError(
      `The parameter "from" (${iso(from)}) must be before "to" (${iso(to)}${
        given.to === undefined ? ', which is now' : ''
      }).`,
    );
  }
  const earliest = DateTime.fromMillis(to, { zone: timezone })
    .minus({ years: MOST_YEARS })
    .toMillis();
  // A day's grace: the same three years, written in another time zone.
  if (from < earliest - DAY) {
    throw new InputError(
      `The parameters "from" (${iso(from)}) and "to" (${iso(
        to,
      )}) are more than ${MOST_YEARS} years apart: ask for at most ${MOST_YEARS} years at a time, or compute longer spans from a file with "waymark dora compute".`,
    );
  }
  return { from, to };
}

/** Days up to a month, weeks up to a year, months above. @internal */
export function defaultInterval({ from, to }: Window): Interval {
  const days = (to - from) / DAY;
  if (days <= 31) return 'day';
  return days <= 366 ? 'week' : 'month';
}

function instant(name: string, given: string, timezone: string): number {
  if (DATE.test(given) || INSTANT.test(given)) {
    const parsed = DateTime.fromISO(given, { zone: timezone });
    if (parsed.isValid && parsed.year >= 1970) return parsed.toMillis();
  }
  throw new InputError(
    `The parameter "${name}" is ${quote(
      given,
    )}: give a date such as 2026-03-01, or an instant such as 2026-03-01T00:00:00Z, from 1970 on. In a URL, write the + of an offset as %2B.`,
  );
}

function iso(instantOf: number): string {
  return new Date(instantOf).toISOString();
}
