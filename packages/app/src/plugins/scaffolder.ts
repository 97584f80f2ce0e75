import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';

const forTemplateManagers = {
  permissions: { $contains: 'scaffolder.template.management' },
};

/**
 * Create: the editor and what it needs only for those who curate the golden paths.
 *
 * @internal
 */
export const scaffolder = scaffolderPlugin.withOverrides({
  extensions: [
    scaffolderPlugin
      .getExtension('sub-page:scaffolder/editor')
      .override({ if: forTemplateManagers }),
    scaffolderPlugin
      .getExtension('sub-page:scaffolder/templating-extensions')
      .override({ if: forTemplateManagers }),
  ],
});
