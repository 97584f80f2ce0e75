import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';

/**
 * The graph of relations, under a name that fits the sidebar.
 *
 * @internal
 */
export const catalogGraph = catalogGraphPlugin.withOverrides({
  extensions: [
    catalogGraphPlugin.getExtension('page:catalog-graph').override({
      factory: (originalFactory, { config }) =>
        originalFactory({
          config: { ...config, title: config.title ?? 'Relations' },
        }),
    }),
  ],
});
