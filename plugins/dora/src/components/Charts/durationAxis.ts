const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [1, 's'],
] as const;

/** Steps that an axis of seconds is divided by. @internal */
export const DURATION_TICKS: readonly number[] = [
  ...[1, 5, 15, 30],
  ...[1, 5, 10, 15, 30].map(minutes => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map(hours => hours * HOUR),
  ...[1, 2, 5, 7, 14].map(days => days * DAY),
  DAY,
];

/** A round number of seconds on an axis, as in "1.5 d". @internal */
export function formatAxisDuration(seconds: number): string {
  if (seconds === 0) return '0';
  const [size, name] =
    UNITS.find(([unit]) => seconds >= unit) ?? UNITS[UNITS.length - 1];
  return `${Number((seconds / size).toFixed(1))} ${name}`;
}
