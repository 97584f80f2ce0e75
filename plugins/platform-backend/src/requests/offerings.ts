import {
  ENVIRONMENTS,
  NAME_PATTERN,
  NAMESPACE_NAME_MAX_LENGTH,
  RESERVED_NAMES,
  SERVICE_NAME_MAX_LENGTH,
  allowedSizes,
  type KindOffering,
  type Offerings,
  type RequestKind,
} from '@waymark/plugin-platform-common';
import type { PlatformConfig } from '../config';
import { UNKNOWN_COST } from './RequestService';

/** What the given teams may ask for. @internal */
export function offeringsFor(
  teams: readonly string[],
  config: PlatformConfig,
): Offerings {
  const offer = (kind: RequestKind, title: string): KindOffering => ({
    kind,
    title,
    allowed: teams.flatMap(team =>
      ENVIRONMENTS.map(environment => ({
        team,
        environment,
        sizes: allowedSizes(config.limits, { kind, environment, team }),
      })),
    ),
  });
  return {
    teams,
    kinds: [
      offer('Namespace', 'Kubernetes namespace'),
      offer('Repository', 'Git repository'),
    ],
    environments: ENVIRONMENTS,
    sizes: config.sizes,
    names: {
      pattern: NAME_PATTERN,
      serviceMaxLength: SERVICE_NAME_MAX_LENGTH,
      namespaceMaxLength: NAMESPACE_NAME_MAX_LENGTH,
      reserved: RESERVED_NAMES,
    },
    engines: [],
    versions: [],
    regions: [],
    cost: UNKNOWN_COST,
  };
}
