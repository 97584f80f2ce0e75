import { levelOf } from '../levels';
import type { ChangeLeadTime } from './answers';
import { percentiles, type Samples } from './percentiles';

/** Median, p75 and p90 over all changes that went live for the first time. @public */
export function changeLeadTime(seconds: Samples): ChangeLeadTime {
  const [median, p75, p90] = percentiles(seconds, [0.5, 0.75, 0.9]) ?? [];
  return {
    medianSeconds: median ?? null,
    p75Seconds: p75 ?? null,
    p90Seconds: p90 ?? null,
    samples: seconds.length,
    ...levelOf('changeLeadTime', median),
  };
}
