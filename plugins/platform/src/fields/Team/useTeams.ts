import { useApi } from '@backstage/frontend-plugin-api';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { platformApiRef } from '../../api';
import { useLoad } from '../../hooks';

/** The person's teams by entity reference, with their titles, sorted. @internal */
export function useTeams() {
  const platform = useApi(platformApiRef);
  const presentation = useApi(entityPresentationApiRef);
  return useLoad('teams', async () => {
    const { teams } = await platform.getOfferings();
    const options = await Promise.all(
      teams.map(async ref => ({
        value: ref,
        label: (await presentation.forEntity(ref).promise).primaryTitle,
      })),
    );
    return options.sort((a, b) => a.label.localeCompare(b.label));
  });
}
