import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { findNameProblem } from '@waymark/plugin-platform-common';
import { platformApiRef } from '../../api';
import { readServiceForm } from '../../requests';
import { requireApi } from '../requireApi';
import { checkName } from './checkName';
import { ServiceName } from './ServiceName';

/** `ui:field: WaymarkServiceName`. @internal */
export const nameField = createFormField({
  name: 'WaymarkServiceName',
  component: ServiceName,
  validation: async (
    name: string | undefined,
    field,
    { apiHolder, formData },
  ) => {
    if (!name) {
      return;
    }
    const problem = findNameProblem('Repository', name);
    const { refusal } = problem
      ? { refusal: problem }
      : await checkName(requireApi(apiHolder, platformApiRef), {
          name,
          owner: readServiceForm(formData).owner,
        });
    if (refusal) {
      field.addError(refusal);
    }
  },
});
