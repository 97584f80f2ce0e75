import { levelOf } from '../levels';
import type { FailedDeploymentRecoveryTime } from './answers';
import { percentiles, type Samples } from './percentiles';

/** A failure that is not over; instants are milliseconds since 1970. @public */
export interface OngoingFailure {
  /** Id that the source gave the deployment. */
  readonly deployment: string;
  readonly service: string;
  readonly impactAt: number;
}

/** Seconds between two instants in milliseconds, as stored and answered: whole ones. @public */
export function secondsBetween(from: number, to: number): number {
  return Math.round((to - from) / 1000);
}

/** Median and p90 over all recoveries, and the failures that are not over. @public */
export function failedDeploymentRecoveryTime(parts: {
  readonly recoverySeconds: Samples;
  readonly ongoing: readonly OngoingFailure[];
  /** Milliseconds since 1970. */
  readonly now: number;
}): FailedDeploymentRecoveryTime {
  const { recoverySeconds, ongoing, now } = parts;
  const [median, p90] = percentiles(recoverySeconds, [0.5, 0.9]) ?? [];
  return {
    medianSeconds: median ?? null,
    p90Seconds: p90 ?? null,
    samples: recoverySeconds.length,
    ...levelOf('failedDeploymentRecoveryTime', median),
    ongoing: [...ongoing]
      .sort(byImpact)
      .map(({ deployment, service, impactAt }) => ({
        deployment,
        service,
        sinceSeconds: Math.max(0, secondsBetween(impactAt, now)),
      })),
  };
}

/** Longest first; by name where two began at once, so that the answer is one. */
function byImpact(a: OngoingFailure, b: OngoingFailure): number {
  const [left, right] = [a, b].map(f => `${f.service} ${f.deployment}`);
  return a.impactAt - b.impactAt || (left < right ? -1 : 1);
}
