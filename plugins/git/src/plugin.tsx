import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiGitRepositoryLine } from '@remixicon/react';
import { gitApi } from './extensions/gitApi';
import { gitPage } from './extensions/gitPage';
import { repositoryCard } from './extensions/repositoryCard';
import { rootRouteRef } from './routes';

/** Repository pages and access tokens of the embedded Git host. @public */
export const gitPlugin = createFrontendPlugin({
  pluginId: 'git',
  title: 'Repositories',
  icon: <RiGitRepositoryLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [gitApi, gitPage, repositoryCard],
});
