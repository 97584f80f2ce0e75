import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiLineChartLine } from '@remixicon/react';
import { doraApi } from './extensions/doraApi';
import { doraContent } from './extensions/doraContent';
import { doraPage } from './extensions/doraPage';
import { rootRouteRef } from './routes';

/** DORA's five metrics on entity pages and for the organisation. @public */
export const doraPlugin = createFrontendPlugin({
  pluginId: 'dora',
  title: 'DORA metrics',
  icon: <RiLineChartLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [doraApi, doraPage, doraContent],
});
