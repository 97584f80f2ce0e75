import { levelOf } from '../levels';
import type { DeploymentFrequency } from './answers';

/** Successful deployments, and how many that is per observed day. @public */
export function deploymentFrequency(parts: {
  readonly deployments: number;
  readonly observedDays: number;
}): DeploymentFrequency {
  const { deployments, observedDays } = parts;
  if (observedDays <= 0) {
    return { deployments, perDay: 0 };
  }
  const perDay = deployments / observedDays;
  return { deployments, perDay, ...levelOf('deploymentFrequency', perDay) };
}
