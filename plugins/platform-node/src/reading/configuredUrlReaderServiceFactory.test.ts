import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { configuredUrlReaderServiceFactory } from './configuredUrlReaderServiceFactory';

describe('configuredUrlReaderServiceFactory', () => {
  let server: Server;
  let host: string;

  beforeAll(async () => {
    server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          encoding: 'base64',
          content: Buffer.from('kind: Component').toString('base64'),
        }),
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => server.close());

  const reader = (data: object) =>
    ServiceFactoryTester.from(configuredUrlReaderServiceFactory, {
      dependencies: [mockServices.rootConfig.factory({ data })],
    }).getSubject();

  it('reads from a host that the configuration names', async () => {
    const urlReader = await reader({
      integrations: { gitea: [{ host, baseUrl: `http://${host}` }] },
    });
    const answer = await urlReader.readUrl(
      `http://${host}/team/service/src/branch/main/catalog-info.yaml`,
    );
    expect((await answer.buffer()).toString()).toBe('kind: Component');
  });

  it.each([
    'https://github.com/acme/service/blob/main/catalog-info.yaml',
    'https://gitlab.com/acme/service/-/blob/main/catalog-info.yaml',
    'https://bitbucket.org/acme/service/src/main/catalog-info.yaml',
    'https://dev.azure.com/acme/project/_git/service?path=/catalog-info.yaml',
    'https://bucket.s3.amazonaws.com/catalog-info.yaml',
    'https://account.blob.core.windows.net/container/catalog-info.yaml',
    'https://storage.cloud.google.com/bucket/catalog-info.yaml',
    'http://169.254.169.254/latest/meta-data',
  ])('refuses %s where the configuration does not name it', async url => {
    const urlReader = await reader({
      integrations: {
        github: [{ host: 'github.example.com', apiBaseUrl: 'https://x' }],
        gitea: [{ host, baseUrl: `http://${host}` }],
      },
    });
    await expect(urlReader.readUrl(url)).rejects.toThrow(/is not allowed/);
  });
});
