import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

// The host alone, with two teams, on http://localhost:7007/api/git. Repositories go to a temporary folder.
//
//   curl -u waymark:development -H 'Content-Type: application/json' \
//     -d '{"name": "checkout"}' http://localhost:7007/api/git/api/v1/orgs/team-payments/repos
//   git clone http://waymark:development@localhost:7007/api/git/team-payments/checkout.git

const port = Number(process.env.PORT ?? 7007);

const team = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
});

const person = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { memberOf: [owner] },
  relations: [{ type: 'memberOf', targetRef: `group:default/${owner}` }],
});

const backend = createBackend();

backend.add(
  mockServices.rootConfig.factory({
    data: {
      app: { baseUrl: 'http://localhost:3000' },
      backend: {
        baseUrl: `http://localhost:${port}`,
        listen: { host: '127.0.0.1', port },
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      git: {
        directory: mkdtempSync(join(tmpdir(), 'waymark-git-')),
        serviceAccount: { username: 'waymark', password: 'development' },
      },
    },
  }),
);
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  catalogServiceMock.factory({
    entities: [
      team('team-payments'),
      team('team-storefront'),
      person('dev', 'team-payments'),
      person('sam', 'team-storefront'),
    ],
  }),
);
backend.add(import('../src'));

backend.start();
