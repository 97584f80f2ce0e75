import { DEFAULT_ENVIRONMENT } from '@waymark/plugin-platform-common';
import type { PlatformApi } from '../../api';
import { dryRunService } from '../../requests';

/**
 * Why a service cannot have a name, in the platform's words; undefined for one
 * that it can have.
 *
 * Until a team is chosen the name is judged for the first of the person's teams.
 * @internal
 */
export async function checkName(
  api: PlatformApi,
  options: { readonly name: string; readonly owner?: string },
): Promise<string | undefined> {
  const { name } = options;
  const owner = options.owner ?? (await api.getOfferings()).teams[0];
  const { refusals } = await dryRunService(
    api,
    { name, owner, environments: [DEFAULT_ENVIRONMENT] },
    ['name-format', 'name-taken'],
  );
  return refusals[0];
}
