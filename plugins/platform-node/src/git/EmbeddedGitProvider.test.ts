import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedGitProvider } from './EmbeddedGitProvider';
import {
  startGitHost,
  type ApiCall,
  type GitHost,
} from './testing/startGitHost';

const authorization = `Basic ${Buffer.from('waymark:secret').toString(
  'base64',
)}`;
const owner = 'group:default/team-payments';
const repo = { owner: 'team-payments', name: 'checkout' };
const dev = { name: 'Devon Reyes', email: 'dev@example.com' };

jest.setTimeout(60_000);

/** The part of Gitea's API that the provider uses; `known` holds what was created. */
function giteaApi(
  host: GitHost,
  known: Set<string>,
  rules: unknown[],
): ApiCall {
  return ({ method, path: given, query, body, authorization: header }) => {
    if (header?.replace(/^basic/, 'Basic') !== authorization) {
      return { status: 401 };
    }
    const call = given.replace('/api/v1', '');
    if (method === 'POST' && call === '/orgs/team-payments/repos') {
      const name = `team-payments/${body.name}`;
      if (known.has(name)) {
        return { status: 409, body: { message: 'exists' } };
      }
      known.add(name);
      host.createRepository(name);
      return { status: 201, body: {} };
    }
    const [, name, rest] = call.match(/^\/repos\/([^/]+\/[^/]+)(.*)$/) ?? [];
    if (!name || !known.has(name)) {
      return undefined;
    }
    switch (`${method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: { default_branch: 'main' } };
      case 'GET /commits': {
        const ref = query.get('sha') ?? 'main';
        const [sha, date] = host
          .git(name, 'log', '-1', '--format=%H %cI', ref)
          .split(' ');
        const commit = { message: 'm', author: dev, committer: { date } };
        return { status: 200, body: [{ sha, commit, parents: [] }] };
      }
      case 'POST /branch_protections':
        rules.push(body);
        return { status: 201, body: {} };
      case 'GET /branch_protections/main':
        return rules.length ? { status: 200, body: {} } : undefined;
      case 'GET /contents/deploy':
        return {
          status: 200,
          body: [
            { type: 'file', path: 'deploy/a b.yaml', size: 4 },
            { type: 'symlink', path: 'deploy/link.yaml', size: 4 },
            { type: 'dir', path: 'deploy/sub', size: 0 },
          ],
        };
      case 'GET /contents/deploy/a%20b.yaml':
        return {
          status: 200,
          body: { encoding: 'base64', content: 'YTogMQ==' },
        };
      default:
        return undefined;
    }
  };
}

describe('EmbeddedGitProvider', () => {
  const rules: unknown[] = [];
  let host: GitHost;
  let provider: EmbeddedGitProvider;
  let directory: string;

  beforeAll(async () => {
    host = await startGitHost(authorization, each =>
      giteaApi(each, new Set(), rules),
    );
    provider = new EmbeddedGitProvider({
      host: new URL(host.url).host,
      baseUrl: host.url,
      username: 'waymark',
      password: 'secret',
    });
    directory = mkdtempSync(path.join(tmpdir(), 'workspace-'));
    writeFileSync(path.join(directory, 'README.md'), '# checkout\n');
  });

  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await host.stop();
  });

  it('ensures a repository with the workspace as its first commit', async () => {
    expect(await provider.find(repo)).toBeUndefined();
    expect(await provider.head(repo)).toBeUndefined();
    const options = { owner, name: 'checkout', directory, author: dev };
    const made = await provider.create({ ...options, message: 'Create' });
    expect(made).toMatchObject({
      created: true,
      remoteUrl: `${host.url}/team-payments/checkout.git`,
      catalogInfoUrl: `${host.url}/team-payments/checkout/src/branch/main/catalog-info.yaml`,
    });
    expect(await provider.create({ ...options, message: 'x' })).toMatchObject({
      created: false,
      commitSha: made.commitSha,
    });
    expect(await provider.find(repo)).toMatchObject({ owner });
    expect((await provider.head(repo))?.sha).toBe(made.commitSha);
  });

  it('records the required checks once', async () => {
    await provider.protect(repo);
    expect(await provider.protect(repo)).toMatchObject({ enforced: false });
    expect(rules).toEqual([
      expect.objectContaining({
        rule_name: 'main',
        enable_push: true,
        status_check_contexts: ['lint', 'test', 'security-scan'],
      }),
    ]);
  });

  it('reads regular files only', async () => {
    expect(await provider.readDirectory(repo, 'main', 'deploy')).toEqual([
      { path: 'deploy/a b.yaml', content: Buffer.from('a: 1') },
    ]);
    expect(await provider.readDirectory(repo, 'main', 'absent')).toEqual([]);
  });

  it('says in a sentence that the host is down, or refuses the account', async () => {
    const away = new EmbeddedGitProvider({
      host: 'localhost:1',
      baseUrl: 'http://localhost:1',
    });
    await expect(away.find(repo)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'The Git host localhost:1 does not answer. Try again when it is up.',
    });
    const wrong = new EmbeddedGitProvider({
      host: 'localhost',
      baseUrl: host.url,
      username: 'waymark',
      password: 'wrong',
    });
    await expect(wrong.find(repo)).rejects.toThrow(
      "refused the portal's account",
    );
  });

  it('has no place for a group outside the default namespace', () => {
    expect(() =>
      provider.locate({ owner: 'group:other/team', name: 'x' }),
    ).toThrow("only groups in the catalog's default namespace");
  });
});
