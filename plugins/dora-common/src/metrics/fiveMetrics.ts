import type { FiveMetrics } from './answers';
import { changeFailRate } from './changeFailRate';
import { changeLeadTime } from './changeLeadTime';
import { deploymentFrequency } from './deploymentFrequency';
import { deploymentReworkRate } from './deploymentReworkRate';
import {
  failedDeploymentRecoveryTime,
  type OngoingFailure,
} from './failedDeploymentRecoveryTime';
import { windowDays, type Window } from '../time';
import type { Samples } from './percentiles';

/**
 * What the five metrics of a window or bucket are made of: counted by the
 * engine or by a database.
 * @public
 */
export interface MetricParts {
  /** Finished production deployments. */
  readonly total: number;
  /** Successful ones among them. */
  readonly deployments: number;
  /** Failed ones among the finished. */
  readonly failed: number;
  /** Rework among the successful. */
  readonly rework: number;
  readonly leadSeconds: Samples;
  /** Of the recoveries that ended in the window. */
  readonly recoverySeconds: Samples;
  readonly ongoing: readonly OngoingFailure[];
  readonly observedDays: number;
}

/** The five metrics from their parts: the one place where their objects are made. @public */
export function fiveMetrics(
  parts: MetricParts,
  of: {
    readonly window: Window;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
): FiveMetrics {
  const { window, now } = of;
  return {
    deploymentFrequency: deploymentFrequency({
      ...parts,
      windowDays: windowDays(window),
    }),
    changeLeadTime: changeLeadTime(parts.leadSeconds),
    changeFailRate: changeFailRate(parts),
    failedDeploymentRecoveryTime: failedDeploymentRecoveryTime({
      ...parts,
      now,
    }),
    deploymentReworkRate: deploymentReworkRate(parts),
  };
}
