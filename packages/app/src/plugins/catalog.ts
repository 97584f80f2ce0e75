import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { hasRelation } from './relations';

/**
 * The catalog: a card about relations only where there are some, and the way to remove an
 * entity only for those whom the policy lets remove it.
 *
 * @internal
 */
export const catalog = catalogPlugin.withOverrides({
  extensions: [
    catalogPlugin
      .getExtension('entity-card:catalog/depends-on-components')
      .override({
        params: { filter: hasRelation('component', 'dependsOn', 'component') },
      }),
    catalogPlugin
      .getExtension('entity-card:catalog/depends-on-resources')
      .override({
        params: { filter: hasRelation('component', 'dependsOn', 'resource') },
      }),
    catalogPlugin
      .getExtension('entity-card:catalog/has-subcomponents')
      .override({
        params: { filter: hasRelation('component', 'hasPart', 'component') },
      }),
    catalogPlugin.getExtension('entity-card:catalog/has-components').override({
      params: { filter: hasRelation('system', 'hasPart', 'component') },
    }),
    catalogPlugin.getExtension('entity-card:catalog/has-resources').override({
      params: { filter: hasRelation('system', 'hasPart', 'resource') },
    }),
    catalogPlugin.getExtension('entity-card:catalog/has-subdomains').override({
      params: { filter: hasRelation('domain', 'hasPart', 'domain') },
    }),
    catalogPlugin.getExtension('entity-card:catalog/has-systems').override({
      params: { filter: hasRelation('domain', 'hasPart', 'system') },
    }),
    catalogPlugin
      .getExtension('entity-context-menu-item:catalog/unregister-entity')
      .override({
        if: { permissions: { $contains: 'catalog.location.delete' } },
      }),
  ],
});
