import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';

/**
 * Settings: without the tabs for other sign-ins and feature flags, of which there are none.
 *
 * @internal
 */
export const userSettings = userSettingsPlugin.withOverrides({
  extensions: [
    userSettingsPlugin
      .getExtension('sub-page:user-settings/auth-providers')
      .override({ disabled: true }),
    userSettingsPlugin
      .getExtension('sub-page:user-settings/feature-flags')
      .override({ disabled: true }),
  ],
});
