const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds as people say them, with the two largest units, as in "1 h 30 min". @internal */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return two(whole, [MINUTE, 'min'], [1, 's'], 10 * MINUTE);
  if (whole < DAY) return two(whole, [HOUR, 'h'], [MINUTE, 'min'], DAY);
  return two(
    whole,
    [DAY, whole < 2 * DAY ? 'day' : 'days'],
    [HOUR, 'h'],
    10 * DAY,
  );
}

/** The smaller unit is left out from `coarseFrom` on, where it says nothing. */
function two(
  seconds: number,
  [large, largeName]: readonly [number, string],
  [small, smallName]: readonly [number, string],
  coarseFrom: number,
): string {
  const unit = seconds >= coarseFrom ? large : small;
  const rounded = Math.round(seconds / unit) * unit;
  const rest = Math.round((rounded % large) / small);
  const first = `${Math.floor(rounded / large)} ${largeName}`;
  return rest ? `${first} ${rest} ${smallName}` : first;
}
