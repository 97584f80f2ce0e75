import { DEFAULT_ENVIRONMENT } from '@waymark/plugin-platform-common';
import type { PlatformApi } from '../../api';
import { dryRunService } from '../../requests';

/** What the platform says about a service's name. @internal */
export interface NameCheck {
  /** Why the service cannot have the name. */
  readonly refusal?: string;
  /** What is known of a name that it can have. */
  readonly statement: string;
}

/**
 * Asks the platform whether a service can have a name.
 *
 * Until a team is chosen the name is judged for the first of the person's teams.
 * @internal
 */
export async function checkName(
  api: PlatformApi,
  options: { readonly name: string; readonly owner?: string },
): Promise<NameCheck> {
  const { name } = options;
  const owner = options.owner ?? (await api.getOfferings()).teams[0];
  const { refusals, statements } = await dryRunService(
    api,
    { name, owner, environments: [DEFAULT_ENVIRONMENT] },
    ['name-taken'],
  );
  return { refusal: refusals[0], statement: statements.join(' ') };
}
