import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples of `platform:kubernetes:namespace:create`. @internal */
export const examples: TemplateExample[] = [
  {
    description: 'A small development namespace for a service',
    example: stringify({
      steps: [
        {
          id: 'namespace',
          name: 'Create the namespace',
          action: 'platform:kubernetes:namespace:create',
          input: {
            name: 'checkout-development',
            owner: 'group:default/team-payments',
            component: 'checkout',
          },
        },
      ],
    }),
  },
  {
    description: 'One namespace for each chosen environment',
    example: stringify({
      steps: [
        {
          id: 'namespaces',
          name: 'Create the namespaces',
          each: '${{ parameters.environments }}',
          action: 'platform:kubernetes:namespace:create',
          input: {
            name: '${{ parameters.name }}-${{ each.value }}',
            owner: '${{ parameters.owner }}',
            environment: '${{ each.value }}',
            size: '${{ parameters.size }}',
            component: '${{ parameters.name }}',
          },
        },
      ],
    }),
  },
];
