import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiLineChartLine } from '@remixicon/react';
import { rootRouteRef } from '../routes';

/** The organisation's metrics and the inbox, below `/dora`. @internal */
export const doraPage = PageBlueprint.make({
  params: {
    path: '/dora',
    title: 'DORA metrics',
    icon: <RiLineChartLine />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: async () => {
      const { DoraPages } = await import('../components/DoraPages');
      return <DoraPages />;
    },
  },
});
