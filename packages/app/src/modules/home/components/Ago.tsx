const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/**
 * Says how long ago something was, such as "5 minutes ago".
 *
 * @internal
 */
export function ago(instant: string, now: number = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return format.format(Math.round(seconds / length), unit);
    }
  }
  return 'just now';
}

/**
 * An instant as people say it, with the exact one as its tooltip.
 *
 * @internal
 */
export function Ago({ instant }: { instant: string }) {
  return (
    <time dateTime={instant} title={new Date(instant).toLocaleString()}>
      {ago(instant)}
    </time>
  );
}
