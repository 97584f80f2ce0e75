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
  // Its own colours are those of one background, and too light for the other.
  BackstageLogViewer: {
    styleOverrides: {
      lineNumber: { color: 'var(--bui-fg-secondary)' },
      modifierForegroundRed: { color: 'var(--bui-fg-negative)' },
      modifierForegroundGreen: { color: 'var(--bui-fg-positive)' },
      modifierForegroundYellow: { color: 'var(--bui-fg-warning)' },
      modifierForegroundBlue: { color: 'var(--bui-fg-announcement)' },
      modifierForegroundCyan: { color: 'var(--bui-fg-announcement)' },
      modifierForegroundMagenta: { color: 'var(--bui-fg-announcement)' },
      modifierForegroundGrey: { color: 'var(--bui-fg-secondary)' },
    },
  },
};
