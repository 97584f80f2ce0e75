import {
  createFrontendModule,
  ErrorDisplay,
  NotFoundErrorPage,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { FailurePanel } from './FailurePanel';
import { NotFoundPage } from './NotFoundPage';

const notFound = SwappableComponentBlueprint.make({
  name: 'core-not-found-error-page',
  params: define =>
    define({ component: NotFoundErrorPage, loader: () => NotFoundPage }),
});

const failure = SwappableComponentBlueprint.make({
  name: 'core-error-display',
  params: define =>
    define({ component: ErrorDisplay, loader: () => FailurePanel }),
});

/**
 * What the app shows in place of a page that does not exist, and of a part that broke.
 *
 * @internal
 */
export const errorsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [notFound, failure],
});
