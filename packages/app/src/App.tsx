import { createApp } from '@backstage/frontend-defaults';
import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import appModuleUserSettings from '@backstage/plugin-app-module-user-settings';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import { errorsModule } from './modules/errors';
import { homePlugin } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

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
      homePlugin,
      catalogPlugin,
      catalogGraphPlugin,
      orgPlugin,
      apiDocsPlugin,
      kubernetesPlugin,
      techdocsPlugin,
      scaffolderPlugin,
      searchPlugin,
      signalsPlugin,
      notificationsPlugin,
      userSettingsPlugin,
    ],
  });
}
