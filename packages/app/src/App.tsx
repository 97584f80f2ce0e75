import { createApp } from '@backstage/frontend-defaults';
import appModuleUserSettings from '@backstage/plugin-app-module-user-settings';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import doraPlugin from '@waymark/plugin-dora';
import gitPlugin from '@waymark/plugin-git';
import platformPlugin, { scaffolderModule } from '@waymark/plugin-platform';
import { accessibilityModule } from './modules/accessibility';
import { errorsModule } from './modules/errors';
import { homePlugin } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';
import {
  apiDocs,
  catalog,
  catalogGraph,
  kubernetes,
  scaffolder,
  techdocs,
  userSettings,
} from './plugins';

/**
 * The portal: every feature is named here, so that nothing is shown whose backend is absent.
 *
 * @internal
 */
export function createWaymark() {
  return createApp({
    features: [
      appModuleUserSettings,
      themeModule,
      signInModule,
      navModule,
      errorsModule,
      accessibilityModule,
      homePlugin,
      catalogGraph,
      catalog,
      orgPlugin,
      apiDocs,
      kubernetes,
      techdocs,
      scaffolder,
      searchPlugin,
      signalsPlugin,
      notificationsPlugin,
      userSettings,
      gitPlugin,
      platformPlugin,
      scaffolderModule,
      doraPlugin,
    ],
  });
}
