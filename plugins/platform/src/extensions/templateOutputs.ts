import { lazy } from 'react';
import { scaffolderTemplateOutputsBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const TemplateOutputs = lazy(() =>
  import('../components/TemplateOutputs').then(m => ({
    default: m.TemplateOutputs,
  })),
);

/** The result page of the templates whose commands are to be copied. @internal */
export const templateOutputs = scaffolderTemplateOutputsBlueprint.make({
  params: {
    component: TemplateOutputs,
    templateRefs: ['template:default/new-service'],
  },
});
