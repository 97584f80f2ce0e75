import type { FilterPredicate } from '@backstage/filter-predicates';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import {
  TECHDOCS_ANNOTATION,
  TECHDOCS_EXTERNAL_ANNOTATION,
} from '@backstage/plugin-techdocs-common';

const hasDocs: FilterPredicate = {
  $any: [
    { [`metadata.annotations.${TECHDOCS_ANNOTATION}`]: { $exists: true } },
    {
      [`metadata.annotations.${TECHDOCS_EXTERNAL_ANNOTATION}`]: {
        $exists: true,
      },
    },
  ],
};

/**
 * Docs: a tab only where there are docs, and no support button that leads nowhere.
 *
 * @internal
 */
export const techdocs = techdocsPlugin.withOverrides({
  extensions: [
    techdocsPlugin
      .getExtension('plugin-header-action:techdocs')
      .override({ disabled: true }),
    techdocsPlugin.getExtension('entity-content:techdocs').override({
      factory: (originalFactory, { config }) =>
        originalFactory({
          config: {
            ...config,
            title: config.title ?? 'Docs',
            filter: config.filter ?? hasDocs,
            group: false,
          },
        }),
    }),
    techdocsPlugin.getExtension('page:techdocs').override({
      factory: (originalFactory, { config }) =>
        originalFactory({ config: { ...config, initialFilter: 'all' } }),
    }),
  ],
});
