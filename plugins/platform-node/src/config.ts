import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  ENVIRONMENTS,
  isEnvironment,
  type Environment,
} from '@waymark/plugin-platform-common';

/** A cluster under `platform.clusters`; its URL and CA stand in Backstage's `kubernetes` configuration. @internal */
export interface PlatformClusterConfig {
  readonly name: string;
  readonly serviceAccountToken: string;
  readonly environments: readonly Environment[];
}

/** The Git host that repositories are created at. @internal */
export interface GitConfig {
  readonly provider: 'embedded' | 'github';
  /** Undefined: the first host of the provider's integrations. */
  readonly host?: string;
  /** GitHub: the organisation that owns the repositories. */
  readonly organization?: string;
  readonly visibility: 'private' | 'internal' | 'public';
}

/** Reads `platform.clusters`. @internal */
export function readClusterConfig(config: Config): PlatformClusterConfig[] {
  const clusters = config.getOptionalConfigArray('platform.clusters') ?? [];
  return clusters.map((cluster, index) => ({
    name: cluster.getString('name'),
    serviceAccountToken: cluster.getString('serviceAccountToken'),
    environments: readEnvironments(
      cluster.getOptionalStringArray('environments'),
      `platform.clusters[${index}].environments`,
    ),
  }));
}

/** Reads `platform.git`. @internal */
export function readGitConfig(config: Config): GitConfig {
  const git = config.getOptionalConfig('platform.git');
  const provider = oneOf(
    git?.getOptionalString('provider') ?? 'embedded',
    ['embedded', 'github'] as const,
    'platform.git.provider',
  );
  const organization = git?.getOptionalString('organization');
  if (provider === 'github' && !organization) {
    throw new InputError(
      'platform.git.organization is missing: name the GitHub organisation that owns the repositories.',
    );
  }
  return {
    provider,
    host: git?.getOptionalString('host'),
    organization,
    visibility: oneOf(
      git?.getOptionalString('visibility') ?? 'private',
      ['private', 'internal', 'public'] as const,
      'platform.git.visibility',
    ),
  };
}

function readEnvironments(
  given: string[] | undefined,
  key: string,
): readonly Environment[] {
  if (!given) {
    return ENVIRONMENTS;
  }
  return given.map(name => {
    if (!isEnvironment(name)) {
      throw new InputError(
        `${key} holds "${name}": the environments are ${ENVIRONMENTS.join(
          ', ',
        )}.`,
      );
    }
    return name;
  });
}

function oneOf<T extends string>(
  value: string,
  allowed: readonly T[],
  key: string,
): T {
  const found = allowed.find(each => each === value);
  if (!found) {
    throw new InputError(
      `${key} is "${value}": allowed are ${allowed.join(', ')}.`,
    );
  }
  return found;
}
