import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformApiRef } from '../../api';
import { dryRunService, readServiceForm } from '../../requests';
import { requireApi } from '../requireApi';
import { Plan } from './Plan';

/** `ui:field: WaymarkPlan`. @internal */
export const planField = createFormField({
  name: 'WaymarkPlan',
  component: Plan,
  validation: async (
    _: string[] | undefined,
    field,
    { apiHolder, formData },
  ) => {
    const { refusals } = await dryRunService(
      requireApi(apiHolder, platformApiRef),
      readServiceForm(formData),
    );
    refusals.forEach(refusal => field.addError(refusal));
  },
});
