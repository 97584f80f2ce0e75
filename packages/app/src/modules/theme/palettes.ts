import { palettes } from '@backstage/theme';

const navigation = {
  background: '#0b1f36',
  indicator: '#0099ff',
  color: '#c3d1e2',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#16345a' },
  submenu: { background: '#10294a' },
};

/**
 * Every colour that is text reaches 4.5:1 on white and on the page's background.
 *
 * @internal
 */
export const lightPalette = {
  ...palettes.light,
  text: { primary: '#0d1b2a', secondary: '#526070', disabled: '#7d8c9c' },
  primary: { main: '#0066cc', light: '#0066cc', dark: '#004c99' },
  secondary: { main: '#0b1f36', light: '#16345a' },
  background: { default: '#f4f7fa', paper: '#ffffff' },
  status: {
    ok: '#0b7a3b',
    warning: '#9a5400',
    error: '#c2182b',
    running: '#0066cc',
    pending: '#7a5c00',
    aborted: '#5c6773',
  },
  border: '#d5dde6',
  textContrast: '#0d1b2a',
  textSubtle: '#526070',
  textVerySubtle: '#d5dde6',
  link: '#0066cc',
  linkHover: '#004c99',
  errorText: '#a8121f',
  infoText: '#004c99',
  navigation,
  tabbar: { indicator: '#0066cc' },
  pinSidebarButton: { icon: '#0b1f36', background: '#c3d1e2' },
  banner: {
    ...palettes.light.banner,
    info: '#0066cc',
    error: '#c2182b',
    warning: '#9a5400',
    link: '#ffffff',
  },
};

/**
 * Every colour that is text reaches 4.5:1 on the page's background and on a card.
 *
 * @internal
 */
export const darkPalette = {
  ...palettes.dark,
  text: { primary: '#f2f6fa', secondary: '#a9b8c8', disabled: '#7d8c9c' },
  primary: { main: '#5cb8ff', dark: '#33a6ff' },
  secondary: { main: '#8ccfff' },
  background: { default: '#0d151f', paper: '#15202d' },
  status: {
    ok: '#5fd48c',
    warning: '#ffb454',
    error: '#ff8088',
    running: '#5cb8ff',
    pending: '#f2d45c',
    aborted: '#a3b1c0',
  },
  border: '#2c3b4d',
  textContrast: '#f2f6fa',
  textSubtle: '#a9b8c8',
  textVerySubtle: '#3a4a5d',
  link: '#5cb8ff',
  linkHover: '#8ccfff',
  errorText: '#ffb3b8',
  errorBackground: '#3d1218',
  infoText: '#9fd4ff',
  infoBackground: '#0d2a47',
  navigation: { ...navigation, background: '#091322' },
  tabbar: { indicator: '#0099ff' },
  pinSidebarButton: { icon: '#0b1f36', background: '#c3d1e2' },
  banner: {
    ...palettes.dark.banner,
    info: '#0066cc',
    error: '#c2182b',
    warning: '#9a5400',
    link: '#ffffff',
  },
};
