import { configApiRef, type ApiHolder } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import type { Entity } from '@backstage/catalog-model';

/** The tab "Deployments" of components, where local delivery is on. @internal */
export const deliveriesContent = EntityContentBlueprint.makeWithOverrides({
  name: 'deployments',
  factory: (original, { apis }) =>
    original({
      path: '/deployments',
      title: 'Deployments',
      group: 'deployment',
      filter: deliveredHere(apis),
      loader: async () => {
        const { DeliveriesContent } = await import('../components/Deliveries');
        return <DeliveriesContent />;
      },
    }),
});

/** The card "Environments" on the overview of components, where local delivery is on. @internal */
export const environmentsCard = EntityCardBlueprint.makeWithOverrides({
  name: 'environments',
  factory: (original, { apis }) =>
    original({
      filter: deliveredHere(apis),
      loader: async () => {
        const { EnvironmentsCard } = await import('../components/Environments');
        return <EnvironmentsCard />;
      },
    }),
});

/** Local delivery is on with the embedded Git host, unless the configuration says otherwise. */
function deliveredHere(apis: ApiHolder): (entity: Entity) => boolean {
  const config = apis.get(configApiRef)?.getOptionalConfig('platform');
  const provider = config?.getOptionalString('git.provider') ?? 'embedded';
  const on =
    config?.getOptionalBoolean('localDelivery.enabled') ??
    provider === 'embedded';
  return entity =>
    on &&
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    entity.metadata.annotations?.['backstage.io/kubernetes-id'] !== undefined;
}
