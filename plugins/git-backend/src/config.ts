import { resolve } from 'node:path';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/**
 * Settings of the embedded Git host.
 * @internal
 */
export type GitConfig = {
  readonly directory: string;
  /** URL under which clients reach this plugin, without a slash at the end. */
  readonly baseUrl: string;
  /** URL of the portal, without a slash at the end. */
  readonly appUrl: string;
  readonly administrators: readonly string[];
  readonly serviceAccount?: {
    readonly username: string;
    readonly password: string;
  };
  readonly limits: {
    /** bytes */
    readonly push: number;
    /** bytes */
    readonly repository: number;
    /** bytes */
    readonly file: number;
    readonly concurrency: number;
    /** seconds */
    readonly transferTimeout: number;
  };
  readonly tokens: {
    /** seconds */
    readonly defaultLifetime: number;
    /** seconds */
    readonly maxLifetime: number;
  };
};

/**
 * Reads `git`; undefined when no `git.directory` is set and hosting is therefore off.
 * @internal
 */
export function readGitConfig(
  config: RootConfigService,
): GitConfig | undefined {
  const directory = config.getOptionalString('git.directory');
  if (!directory) {
    return undefined;
  }
  const git = config.getConfig('git');
  const account = git.getOptionalConfig('serviceAccount');
  return {
    directory: resolve(directory),
    baseUrl: `${withoutSlash(config.getString('backend.baseUrl'))}/api/git`,
    appUrl: withoutSlash(config.getString('app.baseUrl')),
    administrators:
      config.getOptionalStringArray('platform.administrators') ?? [],
    serviceAccount: account && {
      username: account.getString('username'),
      password: account.getString('password'),
    },
    limits: {
      push: readBytes(git, 'limits.push', '100 MiB'),
      repository: readBytes(git, 'limits.repository', '1 GiB'),
      file: readBytes(git, 'limits.file', '10 MiB'),
      concurrency: readCount(git, 'limits.concurrency', 8),
      transferTimeout: readSeconds(git, 'limits.transferTimeout', {
        minutes: 10,
      }),
    },
    tokens: {
      defaultLifetime: readSeconds(git, 'tokens.defaultLifetime', { days: 30 }),
      maxLifetime: readSeconds(git, 'tokens.maxLifetime', { days: 365 }),
    },
  };
}

const UNITS = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

function readBytes(config: Config, key: string, fallback: string): number {
  const given = config.getOptionalString(key) ?? fallback;
  const match = /^(\d+)\s*(B|KiB|MiB|GiB)$/.exec(given.trim());
  const bytes =
    match && Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
  if (!bytes) {
    throw new InputError(
      `Configuration git.${key} is '${given}': write a whole number above zero and one of B, KiB, MiB, GiB, for example '${fallback}'`,
    );
  }
  return bytes;
}

function readCount(config: Config, key: string, fallback: number): number {
  const given = config.getOptionalNumber(key) ?? fallback;
  if (!Number.isInteger(given) || given < 1) {
    throw new InputError(
      `Configuration git.${key} is ${given}: write a whole number above zero`,
    );
  }
  return given;
}

function readSeconds(
  config: Config,
  key: string,
  fallback: HumanDuration,
): number {
  const duration = config.has(key)
    ? readDurationFromConfig(config, { key })
    : fallback;
  return Math.floor(durationToMilliseconds(duration) / 1000);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
