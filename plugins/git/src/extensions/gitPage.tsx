import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiGitRepositoryLine } from '@remixicon/react';
import { rootRouteRef } from '../routes';

/** Repositories and access tokens, below `/git`. @internal */
export const gitPage = PageBlueprint.make({
  params: {
    path: '/git',
    title: 'Repositories',
    icon: <RiGitRepositoryLine />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: async () => {
      const { GitPages } = await import('../components/GitPages');
      return <GitPages />;
    },
  },
});
