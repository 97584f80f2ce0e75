import {
  createUnifiedTheme,
  genPageTheme,
  PageTheme,
  pageTheme as stockPageTheme,
  UnifiedTheme,
} from '@backstage/theme';
import { componentOverrides } from './componentOverrides';
import { darkPalette, lightPalette } from './palettes';

const FONT_FAMILY =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

// One colour for the header of every page: the kind of a page is said in words.
const header = genPageTheme({
  colors: ['#0b1f36', '#0b3a75'],
  shape: 'none',
  options: { fontColor: '#ffffff' },
});

const pageTheme: Record<string, PageTheme> = Object.fromEntries(
  Object.keys(stockPageTheme).map(id => [id, header]),
);

/** @internal */
export const lightTheme: UnifiedTheme = createUnifiedTheme({
  palette: lightPalette,
  fontFamily: FONT_FAMILY,
  pageTheme,
  components: componentOverrides,
});

/** @internal */
export const darkTheme: UnifiedTheme = createUnifiedTheme({
  palette: darkPalette,
  fontFamily: FONT_FAMILY,
  pageTheme,
  components: componentOverrides,
});
