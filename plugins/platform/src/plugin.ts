import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { deliveriesContent, environmentsCard } from './extensions/deliveries';
import { formFields } from './extensions/formFields';
import { platformApi } from './extensions/platformApi';
import { templateOutputs } from './extensions/templateOutputs';

/** Form fields, deployments and platform pages. @public */
export const platformPlugin = createFrontendPlugin({
  pluginId: 'platform',
  info: { packageJson: () => import('../package.json') },
  extensions: [
    platformApi,
    ...formFields,
    deliveriesContent,
    environmentsCard,
    templateOutputs,
  ],
});
