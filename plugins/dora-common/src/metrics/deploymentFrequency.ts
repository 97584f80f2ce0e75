import { levelOf } from '../levels';
import type { DeploymentFrequency } from './answers';

/**
 * Successful deployments, and how many that is per observed day. There is no
 * level where less than a day of the window was observed: a single deployment
 * of a service that is minutes old would make hundreds per day.
 * @public
 */
export function deploymentFrequency(parts: {
  readonly deployments: number;
  readonly observedDays: number;
  /** Of the whole window. */
  readonly windowDays: number;
}): DeploymentFrequency {
  const { deployments, observedDays, windowDays } = parts;
  if (observedDays <= 0) {
    return { deployments, perDay: 0 };
  }
  const perDay = deployments / observedDays;
  return observedDays < Math.min(1, windowDays)
    ? { deployments, perDay }
    : { deployments, perDay, ...levelOf('deploymentFrequency', perDay) };
}
