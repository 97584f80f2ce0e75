import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { formFields } from './extensions/formFields';
import { platformApi } from './extensions/platformApi';

/** Form fields, deployments and platform pages. @public */
export const platformPlugin = createFrontendPlugin({
  pluginId: 'platform',
  info: { packageJson: () => import('../package.json') },
  extensions: [platformApi, ...formFields],
});
