import { createBackend } from '@backstage/backend-defaults';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../src/__testUtils__/component';
import { doraPlugin } from '../src/plugin';

// The DORA API by itself, with two services and a month of deployments:
//   DATABASE_URL=postgres://postgres@localhost/dora yarn start
//   curl 'http://localhost:7007/api/dora/v1/metrics' -H 'authorization: Bearer mock-user-token'
const {
  DATABASE_URL = 'postgres://postgres@localhost/postgres',
  PORT = '7007',
} = process.env;
const BASE_URL = `http://localhost:${PORT}`;
const DAY_MS = 24 * 3_600_000;

const backend = createBackend();
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: BASE_URL,
        listen: { host: '127.0.0.1', port: Number(PORT) },
        database: {
          client: 'pg',
          connection: DATABASE_URL,
          pluginDivisionMode: 'schema',
          ensureSchemaExists: true,
        },
      },
      dora: { sampleSource: 'dev-sample' },
    },
  }),
);
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(mockServices.permissions.factory());
backend.add(
  catalogServiceMock.factory({
    entities: [component('checkout'), component('payments')],
  }),
);
backend.add(doraPlugin);

/** A deployment a day of each service; every tenth fails, and its repair follows an hour later. */
function sampleDeployments() {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return ['checkout', 'payments'].flatMap(service =>
    Array.from({ length: 30 }, (_, day) => {
      const finished = today - (30 - day) * DAY_MS + 10 * 3_600_000;
      const revision = `${service}-${day}`;
      const committed = finished - (2 + (day % 7)) * 3_600_000;
      const made = {
        source: 'dev-sample',
        service,
        environment: 'production',
        revision,
        changes: [
          { sha: revision, committedAt: new Date(committed).toISOString() },
        ],
      };
      const at = (milliseconds: number) => new Date(milliseconds).toISOString();
      const run = { ...made, id: revision, finishedAt: at(finished) };
      const repair = {
        ...made,
        id: `${revision}-again`,
        finishedAt: at(finished + 3_600_000),
      };
      return day % 10 === 9
        ? [
            { ...run, status: 'failure' },
            { ...repair, status: 'success' },
          ]
        : [{ ...run, status: 'success' }];
    }).flat(),
  );
}

async function main() {
  await backend.start();
  await fetch(`${BASE_URL}/api/dora/v1/deployments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: mockCredentials.service.header(),
    },
    body: JSON.stringify(sampleDeployments()),
  });
}

void main();
