import type { DeploymentReworkRate } from './answers';

/** Successful deployments that were unplanned remediation, among the successful ones. @public */
export function deploymentReworkRate(parts: {
  readonly rework: number;
  readonly deployments: number;
}): DeploymentReworkRate {
  const { rework, deployments } = parts;
  return {
    rate: deployments === 0 ? null : rework / deployments,
    rework,
    total: deployments,
  };
}
