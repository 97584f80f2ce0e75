import { ComputeInput, computeMetrics } from '@waymark/plugin-dora-common';
import { UsageError } from '../run';

/** What `dora compute` is asked for. @internal */
export interface ComputeOptions {
  readonly files: readonly string[];
  /** Everything but the events. */
  readonly input: Omit<ComputeInput, 'events'>;
  /** Milliseconds since 1970: what events may not be after. */
  readonly clock: number;
  readonly skipBad: boolean;
}

/** As commander gives them. */
interface Given {
  readonly file: string[];
  readonly from: string;
  readonly to: string;
  readonly service?: string[];
  readonly environment?: string;
  readonly interval?: ComputeInput['interval'];
  readonly timezone: string;
  readonly now?: string;
  readonly productionEnvironments?: string;
  readonly attributionWindow?: string;
  readonly failedAttempts: boolean;
  readonly skipBad?: boolean;
}

/**
 * Checks what was given before the first line is read.
 * @param clock - milliseconds since 1970
 * @throws UsageError that names the option
 * @internal
 */
export function readComputeOptions(
  given: Given,
  clock: number,
): ComputeOptions {
  const input = {
    services: given.service,
    environment: given.environment,
    window: { from: given.from, to: given.to },
    interval: given.interval,
    timezone: given.timezone,
    now: given.now ?? clock,
    productionEnvironments: names(given.productionEnvironments),
    attributionWindowSeconds: seconds(given.attributionWindow),
    failedAttemptsCount: given.failedAttempts,
  };
  try {
    computeMetrics({ ...input, events: [] });
  } catch (error) {
    throw new UsageError(`--${(error as Error).message}`);
  }
  const files = [...new Set(given.file)];
  return { files, input, clock, skipBad: given.skipBad ?? false };
}

function names(text: string | undefined): string[] | undefined {
  const list = text?.split(',').map(name => name.trim());
  if (list?.some(name => name === '')) {
    throw new UsageError(
      `--production-environments is a list such as production,prod, and "${text}" is not`,
    );
  }
  return list;
}

function seconds(hours: string | undefined): number | undefined {
  if (hours === undefined) return undefined;
  const number = hours.trim() === '' ? NaN : Number(hours);
  if (Number.isFinite(number) && number >= 0) return number * 3600;
  throw new UsageError(
    `--attribution-window is a number of hours such as 72, and "${hours}" is not`,
  );
}
