import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformApiRef } from '../../api';
import { findRefusal, readServiceForm, serviceRequests } from '../../requests';
import { requireApi } from '../requireApi';
import { Size } from './Size';

/** `ui:field: WaymarkSize`. @internal */
export const sizeField = createFormField({
  name: 'WaymarkSize',
  component: Size,
  validation: async (
    size: string | undefined,
    field,
    { apiHolder, formData },
  ) => {
    const offerings = await requireApi(
      apiHolder,
      platformApiRef,
    ).getOfferings();
    const refusals = serviceRequests({ ...readServiceForm(formData), size })
      .filter(request => request.kind === 'Namespace')
      .map(request => findRefusal(offerings, request, ['size-allowed']));
    for (const refusal of new Set(refusals)) {
      if (refusal) {
        field.addError(refusal);
      }
    }
  },
});
