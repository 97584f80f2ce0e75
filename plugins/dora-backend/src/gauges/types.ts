/**
 * One service in one production environment over the last 30 days; undefined
 * or null where there is nothing to measure, which is not the same as 0.
 * @internal
 */
export interface ServiceReading {
  /** Entity reference. */
  readonly service: string;
  /** Entity reference of its owner. */
  readonly team?: string;
  readonly environment: string;
  /** Successful ones. */
  readonly deployments: number;
  readonly leadTimeSeconds?: Quantiles | null;
  readonly changeFailRate?: number | null;
  readonly recoverySeconds?: Quantiles | null;
  readonly reworkRate?: number | null;
}

/** Values by quantile, such as `0.5`. @internal */
export type Quantiles = Readonly<Record<string, number | null | undefined>>;
