import { DateTime, type DurationLike } from 'luxon';

/** Periods that end now. @internal */
export const PRESETS = {
  '7d': { title: 'Last 7 days', length: { days: 7 } },
  '30d': { title: 'Last 30 days', length: { days: 30 } },
  '90d': { title: 'Last 90 days', length: { days: 90 } },
  '6m': { title: 'Last 6 months', length: { months: 6 } },
  '1y': { title: 'Last year', length: { years: 1 } },
} as const satisfies Record<string, { title: string; length: DurationLike }>;

/** A name of {@link PRESETS}. @internal */
export type Preset = keyof typeof PRESETS;

/** What the API answers about without a window. @internal */
export const DEFAULT_PRESET: Preset = '90d';

/** A period that ends now, or calendar days of which both ends belong to it. @internal */
export type Period =
  | { readonly preset: Preset }
  | { readonly from: string; readonly to: string };

/** Whether a text names a preset. @internal */
export function isPreset(text: string): text is Preset {
  return Object.hasOwn(PRESETS, text);
}

/** The instants of a period, ISO 8601; `to` is exclusive. @internal */
export function resolvePeriod(
  period: Period,
  options: { readonly now: number; readonly timezone: string },
): { readonly from: string; readonly to: string; readonly days: number } {
  const { now, timezone } = options;
  const [from, to] =
    'preset' in period
      ? endingAt(DateTime.fromMillis(now, { zone: timezone }), period.preset)
      : [
          DateTime.fromISO(period.from, { zone: timezone }).startOf('day'),
          DateTime.fromISO(period.to, { zone: timezone })
            .plus({ days: 1 })
            .startOf('day'),
        ];
  return {
    from: from.toUTC().toISO()!,
    to: to.toUTC().toISO()!,
    days: to.diff(from).as('days'),
  };
}

function endingAt(now: DateTime, preset: Preset): [DateTime, DateTime] {
  return [now.minus(PRESETS[preset].length), now];
}
