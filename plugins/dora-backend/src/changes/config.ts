import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** How changes are fetched from Git providers; durations in milliseconds. @internal */
export interface ChangesConfig {
  readonly enabled: boolean;
  /** Comparisons with more commits than this are given up. */
  readonly maxCommits: number;
  readonly concurrencyPerHost: number;
  /** Of one request. */
  readonly timeout: number;
  readonly maxAttempts: number;
}

/** Reads `dora.changes`, once. @internal */
export function readChangesConfig(config: Config): ChangesConfig {
  const changes = config.getOptionalConfig('dora.changes');
  const count = (key: string, fallback: number) => {
    const value = changes?.getOptionalNumber(key) ?? fallback;
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(
        `dora.changes.${key} is ${value}: give a whole number above 0.`,
      );
    }
    return value;
  };
  const timeout = changes?.has('timeout')
    ? readDurationFromConfig(changes, { key: 'timeout' })
    : { seconds: 30 };
  return {
    enabled: changes?.getOptionalBoolean('enabled') ?? true,
    maxCommits: count('maxCommits', 5_000),
    concurrencyPerHost: count('concurrencyPerHost', 2),
    timeout: durationToMilliseconds(timeout),
    maxAttempts: count('maxAttempts', 12),
  };
}
