import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformApiRef } from '../../api';
import { findRefusal } from '../../requests';
import { requireApi } from '../requireApi';
import { Team } from './Team';

/** `ui:field: WaymarkTeam`. @internal */
export const teamField = createFormField({
  name: 'WaymarkTeam',
  component: Team,
  validation: async (owner: string | undefined, field, { apiHolder }) => {
    if (!owner) {
      return;
    }
    const offerings = await requireApi(
      apiHolder,
      platformApiRef,
    ).getOfferings();
    const refusal = findRefusal(
      offerings,
      { kind: 'Repository', name: 'any', owner },
      ['owner-membership', 'kind-allowed'],
    );
    if (refusal) {
      field.addError(refusal);
    }
  },
});
