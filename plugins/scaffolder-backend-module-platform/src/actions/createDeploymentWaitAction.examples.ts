import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples of `platform:deployment:wait`. @internal */
export const examples: TemplateExample[] = [
  {
    description: 'Wait until the first deployment is rolled out',
    example: stringify({
      steps: [
        {
          id: 'deployment',
          name: 'Wait for the first deployment',
          action: 'platform:deployment:wait',
          input: {
            namespace: 'checkout-development',
            component: 'checkout',
            timeout: { minutes: 5 },
          },
        },
      ],
    }),
  },
];
