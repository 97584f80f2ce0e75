export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What history is made up. */
export interface HistoryOptions {
  /** From 0. */
  readonly service: number;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** The entity reference of a made-up service. */
export function serviceRef(service: number): string {
  return `component:default/service-${service}`;
}

/** ISO 8601 of milliseconds since 1970. */
export function iso(at: number): string {
  return new Date(Math.round(at)).toISOString();
}
