import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import { hasRelation } from './relations';

/**
 * APIs: the definition and the lists have tabs of their own and are not repeated on the overview.
 *
 * @internal
 */
export const apiDocs = apiDocsPlugin.withOverrides({
  extensions: [
    apiDocsPlugin
      .getExtension('entity-card:api-docs/definition')
      .override({ disabled: true }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/provided-apis')
      .override({ disabled: true }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/consumed-apis')
      .override({ disabled: true }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/providing-components')
      .override({
        params: { filter: hasRelation('api', 'apiProvidedBy', 'component') },
      }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/consuming-components')
      .override({
        params: { filter: hasRelation('api', 'apiConsumedBy', 'component') },
      }),
    apiDocsPlugin.getExtension('entity-content:api-docs/definition').override({
      factory: (originalFactory, { config }) =>
        originalFactory({ config: { ...config, group: false } }),
    }),
    apiDocsPlugin.getExtension('entity-content:api-docs/apis').override({
      params: {
        filter: {
          $any: [
            hasRelation('component', 'providesApi', 'api'),
            hasRelation('component', 'consumesApi', 'api'),
          ],
        },
      },
    }),
    apiDocsPlugin.getExtension('page:api-docs').override({
      factory: (originalFactory, { config }) =>
        originalFactory({
          config: {
            ...config,
            initiallySelectedFilter: config.initiallySelectedFilter ?? 'all',
          },
        }),
    }),
  ],
});
