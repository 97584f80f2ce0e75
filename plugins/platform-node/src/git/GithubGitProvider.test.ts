import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GithubCredentialsProvider } from '@backstage/integration';
import { GithubGitProvider } from './GithubGitProvider';
import { githubApi } from './testing/githubApi';
import { startGitHost, type GitHost } from './testing/startGitHost';

const basic = `Basic ${Buffer.from('x-access-token:gh-token').toString(
  'base64',
)}`;
const dev = { name: 'Devon Reyes', email: 'dev@example.com' };
const repo = { owner: 'acme', name: 'checkout' };
const credentials: GithubCredentialsProvider = {
  getCredentials: async () => ({
    type: 'app',
    token: 'gh-token',
    headers: { Authorization: 'token gh-token' },
  }),
};

jest.setTimeout(60_000);

describe('GithubGitProvider', () => {
  const state: { protections: Map<string, any>; refuseProtection?: boolean } = {
    protections: new Map(),
  };
  let host: GitHost;
  let provider: GithubGitProvider;
  let directory: string;

  beforeAll(async () => {
    host = await startGitHost(basic, each => githubApi(each, state));
    provider = new GithubGitProvider({
      integration: { host: 'github.example.com', apiBaseUrl: host.url },
      credentials,
      organization: 'acme',
      visibility: 'private',
    });
  });

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'workspace-'));
    mkdirSync(path.join(directory, 'deploy'));
    writeFileSync(path.join(directory, 'deploy', 'app.yaml'), 'kind: X\n');
    writeFileSync(path.join(directory, 'run.sh'), '#!/bin/sh\n');
    chmodSync(path.join(directory, 'run.sh'), 0o755);
    symlinkSync('run.sh', path.join(directory, 'start'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  afterAll(() => host.stop());

  const create = (name: string, author = dev) =>
    provider.create({
      owner: 'group:default/team-payments',
      name,
      directory,
      author,
      message: `Create ${name}`,
    });

  it('pushes the workspace as the first commit of the person, with modes and inner links', async () => {
    expect(await provider.find(repo)).toBeUndefined();
    const made = await create('checkout');
    expect(made).toMatchObject({
      created: true,
      remoteUrl: 'https://github.example.com/acme/checkout.git',
      catalogInfoUrl:
        'https://github.example.com/acme/checkout/blob/main/catalog-info.yaml',
    });
    expect(await provider.find(repo)).toMatchObject({ defaultBranch: 'main' });
    expect(await provider.head(repo)).toMatchObject({
      sha: made.commitSha,
      author: dev,
      parents: [],
    });
    const tree = host.git('acme/checkout', 'ls-tree', '-r', 'main');
    expect(tree).toMatch(/100755 .*run\.sh/);
    expect(tree).toMatch(/120000 .*start/);
  });

  it('answers the same for the same content, continues its own unfinished work, and leaves that of others alone', async () => {
    const first = await create('again');
    expect(await create('again')).toMatchObject({
      commitSha: first.commitSha,
      created: false,
    });

    writeFileSync(path.join(directory, 'README.md'), '# other answers\n');
    const second = await create('again');
    expect(second).toMatchObject({ created: false });
    const again = { owner: 'acme', name: 'again' };
    const { commits } = await provider.compare(
      again,
      first.commitSha,
      second.commitSha,
    );
    expect(commits.map(each => each.sha)).toEqual([second.commitSha]);

    writeFileSync(path.join(directory, 'README.md'), '# somebody else\n');
    const other = { name: 'Sam', email: 'sam@example.com' };
    await expect(create('again', other)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('other work'),
    });
  });

  it('reads the files of a folder at a revision, up to a size', async () => {
    await create('files');
    const files = { owner: 'acme', name: 'files' };
    expect(await provider.readDirectory(files, 'main', 'deploy')).toEqual([
      { path: 'deploy/app.yaml', content: Buffer.from('kind: X') },
    ]);
    expect(await provider.readDirectory(files, 'main', 'absent')).toEqual([]);
    await expect(
      provider.readDirectory(files, 'main', 'deploy', { maxFileBytes: 3 }),
    ).rejects.toThrow('deploy/app.yaml has 8 bytes; at most 3 are read.');
  });

  it('requires the checks, and says where the plan does not allow it', async () => {
    await create('guarded');
    const guarded = { owner: 'acme', name: 'guarded' };
    expect(await provider.protect(guarded)).toMatchObject({ enforced: true });
    expect(
      state.protections.get('acme/guarded').required_status_checks.contexts,
    ).toEqual(['lint', 'test', 'security-scan']);

    state.refuseProtection = true;
    expect(await provider.protect(guarded)).toMatchObject({
      enforced: false,
      message: expect.stringContaining('not protected'),
    });
  });

  it.each([
    [
      'a link that leaves the workspace',
      () => symlinkSync('/', path.join(directory, 'root')),
    ],
    [
      'a relative link that leaves it',
      () => symlinkSync('../..', path.join(directory, 'up')),
    ],
    [
      'another repository',
      () => mkdirSync(path.join(directory, 'deploy', '.git')),
    ],
  ])('refuses %s', async (_, spoil) => {
    spoil();
    await expect(create('spoiled')).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(
      provider.create({
        owner: 'group:default/team-payments',
        name: 'cancelled',
        directory,
        author: dev,
        message: 'x',
        signal,
      }),
    ).rejects.toThrow();
  });

  it('says in a sentence that the host is down or refuses the account', async () => {
    const away = new GithubGitProvider({
      integration: {
        host: 'github.example.com',
        apiBaseUrl: 'http://127.0.0.1:1',
      },
      credentials,
      organization: 'acme',
      visibility: 'private',
    });
    await expect(away.find(repo)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'github.example.com does not answer. Try again when it is up.',
    });
    const refused = new GithubGitProvider({
      integration: { host: 'github.example.com', apiBaseUrl: host.url },
      credentials: {
        getCredentials: async () => ({
          type: 'token',
          token: 'wrong',
          headers: {},
        }),
      },
      organization: 'acme',
      visibility: 'private',
    });
    await expect(refused.find(repo)).rejects.toMatchObject({
      message: expect.stringContaining("refused the portal's account"),
    });
  });
});
