import { InputError } from '@backstage/errors';

/** The choices that DORA leaves open, with the defaults of the configuration. @public */
export interface EngineOptions {
  /** Case does not matter. Default: production, prod. */
  readonly productionEnvironments?: readonly string[];
  /** Whether an attempt that ended in failure counts as failed. Default: true. */
  readonly failedAttemptsCount?: boolean;
  /** How far back an incident is attributed by itself. Default: 72 hours. */
  readonly attributionWindowSeconds?: number;
}

/** {@link EngineOptions} without gaps; environments in lower case. @public */
export interface ResolvedOptions {
  readonly productionEnvironments: ReadonlySet<string>;
  readonly failedAttemptsCount: boolean;
  readonly attributionWindowSeconds: number;
}

/** The default of `dora.attributionWindow`. @public */
export const DEFAULT_ATTRIBUTION_WINDOW_SECONDS = 72 * 3600;

/** The default of `dora.productionEnvironments`. @public */
export const DEFAULT_PRODUCTION_ENVIRONMENTS = ['production', 'prod'] as const;

/** Fills in the defaults. @public */
export function resolveOptions(options: EngineOptions = {}): ResolvedOptions {
  const {
    productionEnvironments = DEFAULT_PRODUCTION_ENVIRONMENTS,
    failedAttemptsCount = true,
    attributionWindowSeconds = DEFAULT_ATTRIBUTION_WINDOW_SECONDS,
  } = options;
  if (!(attributionWindowSeconds >= 0)) {
    throw new InputError(
      `attributionWindowSeconds must be 0 or more, but is ${attributionWindowSeconds}`,
    );
  }
  return {
    productionEnvironments: new Set(
      productionEnvironments.map(name => name.toLowerCase()),
    ),
    failedAttemptsCount,
    attributionWindowSeconds,
  };
}

/** Whether deployments to an environment count. @public */
export function isProduction(
  environment: string,
  options: Pick<ResolvedOptions, 'productionEnvironments'>,
): boolean {
  return options.productionEnvironments.has(environment.toLowerCase());
}
