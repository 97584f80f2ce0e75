import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Who the platform team is, as entity references.
 *
 * @internal
 */
export interface PolicyConfig {
  readonly administrators: readonly string[];
}

/**
 * Reads `platform.administrators`; without it nobody is an administrator.
 *
 * @internal
 */
export function readConfig(config: Config): PolicyConfig {
  const refs = config.getOptionalStringArray('platform.administrators') ?? [];
  return { administrators: refs.map(normalize) };
}

function normalize(ref: string): string {
  const wanted =
    'platform.administrators must list groups or users by entity reference, such as group:default/team-platform';
  try {
    const parsed = parseEntityRef(ref, { defaultKind: 'Group' });
    const kind = parsed.kind.toLocaleLowerCase('en-US');
    if (kind === 'group' || kind === 'user') return stringifyEntityRef(parsed);
  } catch (error) {
    throw new InputError(`${wanted}; "${ref}" is none`, error);
  }
  throw new InputError(`${wanted}; "${ref}" is none`);
}
