import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { scopeOfEntity } from '../scope';

/** The tab "DORA" of components, systems and groups. @internal */
export const doraContent = EntityContentBlueprint.make({
  params: {
    path: '/dora',
    title: 'DORA',
    group: 'operation',
    filter: entity => scopeOfEntity(entity) !== undefined,
    loader: async () => {
      const { DoraContent } = await import('../components/DoraContent');
      return <DoraContent />;
    },
  },
});
