import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { repositoryOf } from '../components/RepositoryCard/repositoryOf';

/** The card "Repository" of entities whose source is on the embedded host. @internal */
export const repositoryCard = EntityCardBlueprint.make({
  name: 'repository',
  params: {
    type: 'info',
    filter: entity => repositoryOf(entity) !== undefined,
    loader: async () => {
      const { RepositoryCard } = await import('../components/RepositoryCard');
      return <RepositoryCard />;
    },
  },
});
