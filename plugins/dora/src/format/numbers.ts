const count = new Intl.NumberFormat('en');
const decimal = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const percent = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 1,
});

const PERIODS = [
  ['day', 1],
  ['week', 7],
  ['month', 30],
  ['year', 365],
] as const;

/** A whole number, as in "1,234". @internal */
export function formatCount(value: number): string {
  return count.format(value);
}

/** A number and its noun, as in "1 deployment", "2 deployments". @internal */
export function plural(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A rate from 0 to 1, as in "8.3 %". @internal */
export function formatRate(rate: number): string {
  return percent.format(rate).replace('%', '\u00a0%');
}

/** A number per day, in the smallest unit in which it happens at least once, as in "4.5 per week". @internal */
export function formatFrequency(perDay: number): string {
  if (perDay <= 0) return 'None';
  const [name, days] =
    PERIODS.find(([, length]) => perDay * length >= 1) ??
    PERIODS[PERIODS.length - 1];
  const value = perDay * days;
  return `${
    value >= 100 ? count.format(Math.round(value)) : decimal.format(value)
  } per ${name}`;
}
