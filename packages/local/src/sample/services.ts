import type { Environment, SizeName } from '@waymark/plugin-platform-common';
import type { Person } from './people';

/** One commit; `paths` are added as they are in catalog/services, and absent paths mean the rest. @internal */
export interface SampleCommit {
  readonly author: Person;
  /** ISO 8601 instant: fixed, so that every installation has the same revisions. */
  readonly date: string;
  readonly message: string;
  readonly paths?: readonly string[];
}

/** One service of the sample organisation. @internal */
export interface SampleService {
  readonly name: string;
  /** Name of the owning group. */
  readonly team: string;
  readonly description: string;
  readonly commits: readonly SampleCommit[];
  readonly namespaces: readonly {
    readonly environment: Environment;
    readonly size: SizeName;
  }[];
}

const DEVELOPMENT = { environment: 'development', size: 'small' } as const;
const PRODUCTION = { environment: 'production', size: 'medium' } as const;

/** The services in catalog/services, with the history that their repositories get. @internal */
export const SAMPLE_SERVICES: readonly SampleService[] = [
  {
    name: 'checkout',
    team: 'team-payments',
    description: 'Turns a basket into a paid order',
    namespaces: [DEVELOPMENT, PRODUCTION],
    commits: [
      {
        author: 'priya',
        date: '2026-08-17T08:12:40Z',
        message: 'Keep baskets and price them',
        paths: ['.gitignore', 'package.json', 'src', 'README.md'],
      },
      {
        author: 'dev',
        date: '2026-08-18T13:47:05Z',
        message: 'Test that baskets add up and expire',
        paths: ['test', '.github'],
      },
      {
        author: 'dev',
        date: '2026-08-24T09:30:11Z',
        message:
          'Describe the HTTP API\n\nThe web site and customer care generate their clients from it.',
        paths: ['api'],
      },
      {
        author: 'pat',
        date: '2026-08-26T14:02:59Z',
        message: 'Build an image and run it as an unprivileged user',
        paths: ['Dockerfile', 'deploy'],
      },
      {
        author: 'priya',
        date: '2026-09-07T10:21:33Z',
        message:
          'Write down how an order is placed\n\nNew colleagues asked what happens when the payment times out.',
        paths: ['docs', 'mkdocs.yml'],
      },
      {
        author: 'dev',
        date: '2026-09-08T07:55:18Z',
        message: 'Register the service in the catalog',
      },
    ],
  },
  {
    name: 'payment-gateway',
    team: 'team-payments',
    description:
      'Authorises, captures and refunds payments through two providers',
    namespaces: [DEVELOPMENT, PRODUCTION],
    commits: [
      {
        author: 'priya',
        date: '2026-07-06T09:05:27Z',
        message: 'Define the payment API',
        paths: ['api', 'go.mod', '.gitignore', 'README.md'],
      },
      {
        author: 'priya',
        date: '2026-07-13T12:44:50Z',
        message: 'Route payments away from a provider that fails',
        paths: ['internal', 'cmd'],
      },
      {
        author: 'pat',
        date: '2026-07-15T08:19:02Z',
        message: 'Run two instances as an unprivileged user',
        paths: ['Dockerfile', 'deploy', '.github'],
      },
      {
        author: 'dev',
        date: '2026-09-21T15:36:44Z',
        message: 'Add the runbook after the provider incident',
        paths: ['docs', 'mkdocs.yml'],
      },
      {
        author: 'dev',
        date: '2026-09-22T06:48:13Z',
        message: 'Register the service in the catalog',
      },
    ],
  },
  {
    name: 'storefront-web',
    team: 'team-storefront',
    description: "The shop's web site",
    namespaces: [DEVELOPMENT, PRODUCTION],
    commits: [
      {
        author: 'sam',
        date: '2026-06-15T08:00:21Z',
        message: 'Render product pages on the server',
        paths: ['.gitignore', 'package.json', 'src', 'public', 'README.md'],
      },
      {
        author: 'sam',
        date: '2026-06-22T11:27:48Z',
        message: 'Fail the tests when a page is over its budget',
        paths: ['test', '.github'],
      },
      {
        author: 'pat',
        date: '2026-07-01T09:10:36Z',
        message: 'Move to the new cluster',
        paths: ['Dockerfile', 'deploy'],
      },
      {
        author: 'noah',
        date: '2026-10-05T13:15:09Z',
        message: 'Document performance budgets and accessibility',
        paths: ['docs', 'mkdocs.yml'],
      },
      {
        author: 'sam',
        date: '2026-10-06T07:31:57Z',
        message: 'Register the web site in the catalog',
      },
    ],
  },
  {
    name: 'product-catalog',
    team: 'team-storefront',
    description: 'Products, prices and stock',
    namespaces: [DEVELOPMENT],
    commits: [
      {
        author: 'noah',
        date: '2026-05-18T09:41:15Z',
        message: 'Reserve stock for an order, all items or none',
        paths: ['.gitignore', 'product_catalog', 'tests', 'README.md'],
      },
      {
        author: 'noah',
        date: '2026-05-26T14:20:44Z',
        message: 'Publish the API definition',
        paths: ['api'],
      },
      {
        author: 'sam',
        date: '2026-07-02T08:57:30Z',
        message: 'Run in Kubernetes',
        paths: ['Dockerfile', 'deploy', '.github'],
      },
      {
        author: 'noah',
        date: '2026-09-29T10:03:26Z',
        message: 'Explain stock and reservations',
        paths: ['docs', 'mkdocs.yml'],
      },
      {
        author: 'sam',
        date: '2026-09-30T06:12:08Z',
        message: 'Register the service in the catalog',
      },
    ],
  },
  {
    name: 'shipping',
    team: 'team-logistics',
    description: 'Delivery options, labels and tracking',
    namespaces: [DEVELOPMENT],
    commits: [
      {
        author: 'lena',
        date: '2026-06-08T07:45:52Z',
        message: 'Plan parcels by weight',
        paths: ['.gitignore', 'package.json', 'src', 'README.md'],
      },
      {
        author: 'lena',
        date: '2026-06-09T12:08:17Z',
        message: 'Test rates at the limits of each carrier',
        paths: ['test', '.github'],
      },
      {
        author: 'lena',
        date: '2026-06-30T09:52:39Z',
        message: 'Describe the API for checkout and the web site',
        paths: ['api'],
      },
      {
        author: 'pat',
        date: '2026-07-03T13:33:20Z',
        message: 'Deploy from the repository',
        paths: ['Dockerfile', 'deploy'],
      },
      {
        author: 'lena',
        date: '2026-10-12T08:26:04Z',
        message: 'Document parcels, carriers and what to do at night',
        paths: ['docs', 'mkdocs.yml'],
      },
      {
        author: 'lena',
        date: '2026-10-12T08:40:31Z',
        message: 'Register the service in the catalog',
      },
    ],
  },
];
