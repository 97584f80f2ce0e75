import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ServiceReading } from './types';

const DAY_MS = 24 * 3_600_000;
const WINDOW_DAYS = 30;

/** @internal */
export interface ReadingsOptions {
  /** Measures every service over a window; instants in milliseconds. */
  readonly measure: (window: {
    from: number;
    to: number;
  }) => Promise<readonly ServiceReading[]>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds after which a reading says nothing about now any more. */
  readonly maxAge: number;
  readonly logger: LoggerService;
}

/**
 * The latest reading of every service. Where measuring keeps failing, there
 * are none: a gauge that stands still looks like one that is right.
 * @internal
 */
export class Readings {
  #latest: readonly ServiceReading[] = [];
  #takenAt = -Infinity;

  constructor(private readonly options: ReadingsOptions) {}

  current(): readonly ServiceReading[] {
    const { now, maxAge } = this.options;
    return now() - this.#takenAt > maxAge ? [] : this.#latest;
  }

  /** Rejects where measuring fails, and keeps what there was. */
  async refresh(): Promise<void> {
    const { measure, now, logger } = this.options;
    const to = now();
    this.#latest = await measure({ from: to - WINDOW_DAYS * DAY_MS, to });
    this.#takenAt = to;
    logger.debug(
      `Measured ${this.#latest.length} services in ${now() - to} ms`,
    );
  }
}
