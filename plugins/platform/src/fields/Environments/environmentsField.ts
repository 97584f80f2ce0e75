import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformApiRef } from '../../api';
import { findRefusal, readServiceForm, serviceRequests } from '../../requests';
import { requireApi } from '../requireApi';
import { Environments } from './Environments';

/** `ui:field: WaymarkEnvironments`. @internal */
export const environmentsField = createFormField({
  name: 'WaymarkEnvironments',
  component: Environments,
  validation: async (
    _: string[] | undefined,
    field,
    { apiHolder, formData },
  ) => {
    const offerings = await requireApi(
      apiHolder,
      platformApiRef,
    ).getOfferings();
    for (const request of serviceRequests(readServiceForm(formData))) {
      const refusal =
        request.kind === 'Namespace' &&
        findRefusal(offerings, request, ['kind-allowed']);
      if (refusal) {
        field.addError(refusal);
      }
    }
  },
});
