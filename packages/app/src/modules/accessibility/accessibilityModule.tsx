import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { MarkupRepairs } from './MarkupRepairs';

const repairs = AppRootElementBlueprint.make({
  name: 'markup-repairs',
  params: { element: <MarkupRepairs /> },
});

/**
 * Makes Backstage's own pages usable with a keyboard and a screen reader where they are not.
 *
 * @internal
 */
export const accessibilityModule = createFrontendModule({
  pluginId: 'app',
  extensions: [repairs],
});
