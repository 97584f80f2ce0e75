import { DateTime } from 'luxon';

/** An instant to the minute in a time zone, as in "2 Mar 2026, 11:03". @internal */
export function formatInstant(instant: string, timezone: string): string {
  return at(instant, timezone).toFormat('d LLL yyyy, HH:mm');
}

/** The day of an instant in a time zone, as in "2 Mar 2026". @internal */
export function formatDay(instant: string, timezone: string): string {
  return at(instant, timezone).toFormat('d LLL yyyy');
}

/** A window with its last day instead of the exclusive end, as in "2 Mar 2026 to 31 Mar 2026". @internal */
export function formatPeriod(
  period: { readonly from: string; readonly to: string },
  timezone: string,
): string {
  const last = at(period.to, timezone).minus(1).toISO()!;
  return `${formatDay(period.from, timezone)} to ${formatDay(last, timezone)}`;
}

function at(instant: string, timezone: string): DateTime {
  return DateTime.fromISO(instant, { zone: timezone, locale: 'en-GB' });
}
