/** 1 (worst) to 6 on DORA's scale, with the threshold that was met in words. @public */
export interface Level {
  readonly level: number;
  /** As dora.dev words it, e.g. `less than one day`. */
  readonly threshold: string;
}

/** Without a level where less than a day of the window was observed. @public */
export interface DeploymentFrequency extends Partial<Level> {
  readonly deployments: number;
  readonly perDay: number;
}

/** @public */
export interface ChangeLeadTime extends Partial<Level> {
  readonly medianSeconds: number | null;
  readonly p75Seconds: number | null;
  readonly p90Seconds: number | null;
  readonly samples: number;
}

/** @public */
export interface ChangeFailRate {
  /** 0 to 1; null without deployments. */
  readonly rate: number | null;
  readonly failed: number;
  readonly total: number;
}

/** @public */
export interface FailedDeploymentRecoveryTime extends Partial<Level> {
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
  readonly samples: number;
  /** Failures that began before the window's end (of a bucket: in it) and are not over. */
  readonly ongoing: readonly {
    readonly deployment: string;
    readonly service: string;
    readonly sinceSeconds: number;
  }[];
}

/** @public */
export interface DeploymentReworkRate {
  /** 0 to 1; null without successful deployments. */
  readonly rate: number | null;
  readonly rework: number;
  readonly total: number;
}

/** The five metrics of one window. @public */
export interface FiveMetrics {
  readonly deploymentFrequency: DeploymentFrequency;
  readonly changeLeadTime: ChangeLeadTime;
  readonly changeFailRate: ChangeFailRate;
  readonly failedDeploymentRecoveryTime: FailedDeploymentRecoveryTime;
  readonly deploymentReworkRate: DeploymentReworkRate;
}

/** What weakens a number. @public */
export interface Finding {
  readonly code:
    | 'window-cut'
    | 'incident-source-missing'
    | 'incident-unlinked'
    | 'change-after-deployment'
    | 'changes-unknown'
    | 'environment-not-production'
    | 'sample-data';
  readonly count: number;
  readonly message: string;
}

/** @public */
export type Interval = 'day' | 'week' | 'month';

/** The answer of `GET /metrics`, `computeMetrics` and `waymark dora compute`. @public */
export interface MetricsAnswer extends FiveMetrics {
  readonly window: {
    readonly from: string;
    readonly to: string;
    readonly timezone: string;
    readonly observedDays: number;
  };
  readonly previous: FiveMetrics & {
    readonly window: {
      readonly from: string;
      readonly to: string;
      readonly observedDays: number;
    };
  };
  readonly series: readonly (FiveMetrics & {
    readonly start: string;
    readonly end: string;
    readonly partial: boolean;
  })[];
  readonly findings: readonly Finding[];
  /** DORA's edition of the levels, e.g. 2026. */
  readonly levelsEdition: number;
}
