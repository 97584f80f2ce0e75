import type { Level } from '../metrics';
import quickCheck from './data/quick-check-2026.json';

/** The metrics that DORA's Quick Check puts on a scale of six levels. @public */
export type LevelledMetric =
  | 'deploymentFrequency'
  | 'changeLeadTime'
  | 'failedDeploymentRecoveryTime';

/** The year of the levels in use. @public */
export const LEVELS_EDITION = quickCheck.edition;

/** Where the levels in use are published. @public */
export const LEVELS_SOURCE = quickCheck.source;

interface Step extends Level {
  readonly below?: number;
  readonly upTo?: number;
  /** Fewer than one in so many days. */
  readonly belowOneIn?: number;
}

function meets(value: number, step: Step): boolean {
  if (step.belowOneIn !== undefined) {
    // A count over whole days gives 1/7 only up to rounding.
    return value * step.belowOneIn < 1 - 1e-9;
  }
  return (
    (step.below === undefined || value < step.below) &&
    (step.upTo === undefined || value <= step.upTo)
  );
}

/**
 * The level of a value and the threshold that it met; undefined without a
 * value. Deployment frequency is per day, the others are seconds.
 * @public
 */
export function levelOf(
  metric: LevelledMetric,
  value: number | null | undefined,
): Level | undefined {
  if (value === null || value === undefined) {
    return undefined;
  }
  const steps: readonly Step[] = quickCheck[metric];
  const { level, threshold } = steps.find(step => meets(value, step))!;
  return { level, threshold };
}

/** The six levels of a metric, from the worst to the best. @public */
export function levelsOf(metric: LevelledMetric): readonly Level[] {
  const steps: readonly Step[] = quickCheck[metric];
  return steps
    .map(({ level, threshold }) => ({ level, threshold }))
    .sort((a, b) => a.level - b.level);
}
