import { UnifiedThemeOptions } from '@backstage/theme';

/**
 * What the Material parts of Backstage's own pages need to look like the rest.
 *
 * @internal
 */
export const componentOverrides: UnifiedThemeOptions['components'] = {
  BackstageHeader: {
    styleOverrides: {
      header: { boxShadow: 'none' },
    },
  },
  CatalogReactUserListPicker: {
    styleOverrides: {
      root: { backgroundColor: 'transparent', boxShadow: 'none' },
      title: { margin: '8px 0 4px' },
      groupWrapper: { margin: '4px 0 8px' },
    },
  },
};
