import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples of `platform:repository:create`. @internal */
export const examples: TemplateExample[] = [
  {
    description: 'Create a repository from the workspace and register it',
    example: stringify({
      steps: [
        {
          id: 'repository',
          name: 'Create the repository',
          action: 'platform:repository:create',
          input: {
            name: '${{ parameters.name }}',
            owner: '${{ parameters.owner }}',
            description: '${{ parameters.description }}',
          },
        },
        {
          id: 'register',
          name: 'Register it in the catalog',
          action: 'catalog:register',
          input: {
            catalogInfoUrl: '${{ steps.repository.output.catalogInfoUrl }}',
          },
        },
      ],
    }),
  },
];
