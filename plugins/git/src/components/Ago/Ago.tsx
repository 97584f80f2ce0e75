const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const FORMAT = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago, or in how long, something is; the exact time on hover. @internal */
export function Ago({ instant }: { readonly instant: string }) {
  return (
    <time dateTime={instant} title={new Date(instant).toLocaleString()}>
      {relative(instant, Date.now())}
    </time>
  );
}

/** A distance in time in words, for example "3 days ago". @internal */
export function relative(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) {
      return FORMAT.format(Math.round(seconds / size), unit);
    }
  }
  return seconds > 0 ? 'in less than a minute' : 'just now';
}
