import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/**
 * What `techdocs.safeDocs` says, with defaults; times are in milliseconds.
 *
 * @public
 */
export interface SafeDocsConfig {
  readonly command: string;
  readonly timeout: number;
  readonly maxFiles: number;
  readonly maxBytes: number;
  readonly runIn: string;
  readonly builder: {
    readonly enabled: boolean;
    readonly scope: 'local' | 'global';
    readonly frequency: number;
    readonly recheckAfter: number;
  };
}

/**
 * Reads `techdocs.safeDocs` once.
 *
 * @internal
 */
export function readSafeDocsConfig(config: Config): SafeDocsConfig {
  const safeDocs = config.getOptionalConfig('techdocs.safeDocs');
  const buildsHere =
    (config.getOptionalString('techdocs.builder') ?? 'local') === 'local';
  const publisher =
    config.getOptionalString('techdocs.publisher.type') ?? 'local';

  return {
    command: safeDocs?.getOptionalString('command') ?? 'mkdocs',
    timeout: milliseconds(safeDocs, 'timeout', { minutes: 1 }),
    maxFiles: positive(safeDocs, 'maxFiles', 2000),
    maxBytes: positive(safeDocs, 'maxBytes', 50 * 1024 * 1024),
    runIn: config.getOptionalString('techdocs.generator.runIn') ?? 'docker',
    builder: {
      enabled:
        buildsHere && (safeDocs?.getOptionalBoolean('builder.enabled') ?? true),
      // Docs on local disk are this instance's own; in a bucket, one instance builds for all.
      scope: publisher === 'local' ? 'local' : 'global',
      frequency: milliseconds(safeDocs, 'builder.frequency', { seconds: 10 }),
      recheckAfter: milliseconds(safeDocs, 'builder.recheckAfter', {
        minutes: 30,
      }),
    },
  };
}

function milliseconds(
  config: Config | undefined,
  key: string,
  fallback: HumanDuration,
): number {
  return durationToMilliseconds(
    config?.has(key) ? readDurationFromConfig(config, { key }) : fallback,
  );
}

function positive(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = config?.getOptionalNumber(key) ?? fallback;
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(
      `techdocs.safeDocs.${key} must be a whole number above 0, not ${value}.`,
    );
  }
  return value;
}
