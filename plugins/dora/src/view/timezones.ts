import { IANAZone } from 'luxon';

/** The time zone that the browser is set to. @internal */
export function browserTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Whether a time zone exists. @internal */
export function isTimezone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** All IANA time zones that the browser knows, UTC first. @internal */
export function timezones(): readonly string[] {
  return [
    'UTC',
    ...Intl.supportedValuesOf('timeZone').filter(name => name !== 'UTC'),
  ];
}
