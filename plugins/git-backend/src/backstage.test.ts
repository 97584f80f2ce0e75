import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  getGiteaRequestOptions,
  ScmIntegrations,
} from '@backstage/integration';
import { createPublishGiteaAction } from '@backstage/plugin-scaffolder-backend-module-gitea';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createGitClient, type GitClient } from './__testUtils__/gitClient';
import {
  basic,
  SERVICE,
  startGitHost,
  type TestHost,
} from './__testUtils__/startGitHost';

jest.setTimeout(120_000);

describe('the host as Backstage sees it', () => {
  const workspace = createMockDirectory();
  let host: TestHost;
  let config: ConfigReader;
  let client: GitClient;
  let head: string;

  beforeAll(async () => {
    host = await startGitHost();
    config = new ConfigReader({
      backend: { baseUrl: new URL(host.url).origin },
      integrations: {
        gitea: [
          { host: new URL(host.url).host, baseUrl: host.url, ...SERVICE },
        ],
      },
    });
    await host.createRepository('team-payments', 'checkout');
    client = await createGitClient();
    await mkdir(join(client.folder, 'docs', 'a b'), { recursive: true });
    await writeFile(
      join(client.folder, 'catalog-info.yaml'),
      'kind: Component',
    );
    await writeFile(join(client.folder, 'docs', 'index.md'), '# Docs');
    await writeFile(join(client.folder, 'docs', 'a b', 'größe.md'), 'nested');
    await symlink('/etc/passwd', join(client.folder, 'docs', 'passwd'));
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', 'First');
    head = await client.ok('rev-parse', 'HEAD');
    await client.ok(
      'push',
      '--quiet',
      host
        .remote('team-payments/checkout', SERVICE.password)
        .replace('someone', SERVICE.username),
      'main',
      'main:feature/one',
    );
  });
  afterAll(async () => {
    await client.remove();
    await host.stop();
  });

  const reader = () =>
    UrlReaders.default({ logger: mockServices.logger.mock(), config });
  const source = (path: string, ref = 'main') =>
    `${host.url}/team-payments/checkout/src/branch/${ref}/${path}`;

  it('serves readUrl and search', async () => {
    const file = await reader().readUrl(source('catalog-info.yaml'));
    expect((await file.buffer()).toString()).toBe('kind: Component');
    expect(file.etag).toMatch(/^"[0-9a-f]{40}"$/);
    expect(file.lastModifiedAt).toBeInstanceOf(Date);
    const onBranch = await reader().readUrl(
      source('docs/a%20b/gr%C3%B6%C3%9Fe.md', 'feature%2Fone'),
    );
    expect((await onBranch.buffer()).toString()).toBe('nested');

    const found = await reader().search(source('catalog-info.yaml'));
    expect(found.files).toHaveLength(1);
    const absent = await reader().search(source('absent.yaml'));
    expect(absent.files).toHaveLength(0);
    await expect(reader().readUrl(source('absent.yaml'))).rejects.toThrow(
      expect.objectContaining({ name: 'NotFoundError' }),
    );
    await expect(
      reader().readUrl(source('catalog-info.yaml', 'absent')),
    ).rejects.toThrow(expect.objectContaining({ name: 'NotFoundError' }));
  });

  it('never reads through a symbolic link', async () => {
    await expect(reader().readUrl(source('docs/passwd'))).rejects.toThrow(
      'Unknown encoding',
    );
  });

  it('serves readTree, whole and below a folder', async () => {
    const tree = await reader().readTree(source(''));
    expect(tree.etag).toBe(head);
    expect((await tree.files()).map(({ path }) => path).sort()).toEqual([
      'catalog-info.yaml',
      'docs/a b/größe.md',
      'docs/index.md',
      'docs/passwd',
    ]);
    const docs = await reader().readTree(source('docs'));
    const folder = await docs.dir({ targetDir: workspace.path });
    expect((await readdir(folder)).sort()).toEqual(['a b', 'index.md']);
    expect(await readFile(join(folder, 'index.md'), 'utf8')).toBe('# Docs');
    await expect(reader().readTree(source(''), { etag: head })).rejects.toThrow(
      expect.objectContaining({ name: 'NotModifiedError' }),
    );
  });

  it('answers conditional requests', async () => {
    const path = '/api/v1/repos/team-payments/checkout/contents/docs/index.md';
    const first = await host.service(path);
    const second = await host.service(path, {
      headers: { 'if-none-match': first.headers.get('etag')! },
    });
    expect(second.status).toBe(304);
  });

  it('lists, compares and describes in the words of Gitea', async () => {
    const repository = await (
      await host.service('/api/v1/repos/team-payments/checkout')
    ).json();
    expect(repository).toMatchObject({
      full_name: 'team-payments/checkout',
      default_branch: 'main',
      empty: false,
      html_url: `${host.url}/team-payments/checkout`,
      clone_url: `${host.url}/team-payments/checkout.git`,
      permissions: { push: true },
    });
    const page = async (number: number) =>
      (
        await host.service(`/api/v1/orgs/team-payments/repos?page=${number}`)
      ).json();
    expect(await page(1)).toHaveLength(1);
    expect(await page(2)).toEqual([]);
    const root = await (
      await host.service('/api/v1/repos/team-payments/checkout/contents')
    ).json();
    expect(
      root.map(({ name, type }: { name: string; type: string }) => [
        name,
        type,
      ]),
    ).toEqual([
      ['catalog-info.yaml', 'file'],
      ['docs', 'dir'],
    ]);

    await client.ok('checkout', '--quiet', '-B', 'work');
    for (const file of ['one', 'two']) {
      await writeFile(join(client.folder, file), file);
      await client.ok('add', '.');
      await client.ok('commit', '--quiet', '-m', file);
    }
    await client.ok(
      'push',
      '--quiet',
      host
        .remote('team-payments/checkout', SERVICE.password)
        .replace('someone', SERVICE.username),
      'work:feature/two',
    );
    const compared = await (
      await host.service(
        '/api/v1/repos/team-payments/checkout/compare/main...feature%2Ftwo',
      )
    ).json();
    expect(compared.total_commits).toBe(2);
    expect(
      compared.commits.map(
        ({ commit }: { commit: { message: string } }) => commit.message,
      ),
    ).toEqual(['two\n', 'one\n']);
    expect(compared.commits[0].parents[0].sha).toBe(compared.commits[1].sha);

    const missing = await host.service(
      '/api/v1/repos/team-payments/checkout/compare/main...absent',
    );
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({
      message: "There is no branch, tag or commit 'absent'",
      url: host.url,
      errors: [],
    });
    const history = await host.service(
      '/api/v1/repos/team-payments/checkout/commits?sha=feature%2Ftwo&limit=1',
    );
    expect(history.headers.get('x-total-count')).toBe('3');
    expect(await history.json()).toHaveLength(1);
  });

  it('records branch protection and says what of it is enforced', async () => {
    const path = '/api/v1/repos/team-payments/checkout/branch_protections';
    const body = JSON.stringify({
      rule_name: 'main',
      enable_status_check: true,
      status_check_contexts: ['lint', 'test', 'security-scan'],
    });
    const created = await host.service(path, { method: 'POST', body });
    expect(created.status).toBe(201);
    expect((await host.service(path, { method: 'POST', body })).status).toBe(
      201,
    );
    const rules = await (await host.service(path)).json();
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      status_check_contexts: ['lint', 'test', 'security-scan'],
      enforcement: {
        enforced: ['no_force_push', 'no_deletion'],
        recorded: ['status_check_contexts'],
      },
    });
  });

  it('makes publish:gitea work unchanged', async () => {
    const integrations = ScmIntegrations.fromConfig(config);
    const action = createPublishGiteaAction({ integrations, config });
    workspace.setContent({
      'catalog-info.yaml': 'kind: Component',
      src: { 'index.js': 'run();' },
    });
    const context = createMockActionContext({
      workspacePath: workspace.path,
      input: {
        repoUrl: `${new URL(host.url).host}?owner=team-payments&repo=published`,
        description: 'Made by a template',
        gitAuthorName: 'Devon Reyes',
        gitAuthorEmail: 'dev@example.com',
      },
    });
    host.events.length = 0;
    const started = Date.now();
    await action.handler(context);
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(context.output).toHaveBeenCalledWith(
      'repoContentsUrl',
      `${host.url}/team-payments/published/src/branch/main/`,
    );
    await host.waitForEvents(1);
    expect(host.events).toEqual([
      expect.objectContaining({
        repo: 'published',
        branch: 'main',
        pusher: undefined,
      }),
    ]);
    const file = await reader().readUrl(
      `${host.url}/team-payments/published/src/branch/main/catalog-info.yaml`,
    );
    expect((await file.buffer()).toString()).toBe('kind: Component');

    await expect(
      action.handler(
        createMockActionContext({
          workspacePath: workspace.path,
          input: {
            repoUrl: `${
              new URL(host.url).host
            }?owner=team-payments&repo=published`,
            description: '',
          },
        }),
      ),
    ).rejects.toThrow('409');
  });

  it('accepts the integration with a password alone', async () => {
    const options = getGiteaRequestOptions({
      host: new URL(host.url).host,
      password: SERVICE.password,
    });
    const response = await fetch(`${host.url}/api/v1/version`, options);
    expect(response.status).toBe(200);
    const wrong = await fetch(`${host.url}/api/v1/version`, {
      headers: { authorization: basic(SERVICE.username, 'wrong') },
    });
    expect(wrong.status).toBe(401);
  });
});
