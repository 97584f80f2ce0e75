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
};
