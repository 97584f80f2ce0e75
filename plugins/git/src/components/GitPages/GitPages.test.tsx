import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  type Commit,
  type GitApi,
  gitApiRef,
  type Repository,
} from '../../api';
import { rootRouteRef } from '../../routes';
import { GitPages } from './GitPages';

const commit: Commit = {
  sha: 'a'.repeat(40),
  parents: ['b'.repeat(40)],
  author: {
    name: 'Devon Reyes',
    email: 'dev@example.com',
    date: '2026-01-01T12:00:00Z',
  },
  committer: {
    name: 'Devon Reyes',
    email: 'dev@example.com',
    date: '2026-01-01T12:00:00Z',
  },
  message: 'Answer faster\n\nBecause people wait.\n',
};

const repository: Repository = {
  owner: 'team-payments',
  name: 'checkout',
  description: 'Takes the money',
  defaultBranch: 'main',
  createdAt: '2026-01-01T12:00:00Z',
  createdBy: 'user:default/dev',
  pushedAt: '2026-01-02T12:00:00Z',
  cloneUrl: 'http://localhost:7007/api/git/team-payments/checkout.git',
  branches: [
    { name: 'main', sha: 'a'.repeat(40) },
    { name: 'feature/one', sha: 'c'.repeat(40) },
  ],
  latestCommit: commit,
  size: 1024,
  mayPush: true,
};

const readme = [
  '# Checkout',
  '[Docs](docs/index.md) [run](javascript:alert(1))',
  '<script>alert(1)</script><img src=x onerror="alert(1)">',
].join('\n\n');

function fakeApi(overrides: Partial<GitApi> = {}): GitApi {
  return {
    listRepositories: async () => ({
      items: [repository],
      totalItems: 1,
      owners: ['team-payments'],
    }),
    getRepository: async () => repository,
    getContents: async () => ({
      commit: commit.sha,
      path: '',
      lastCommit: commit,
      type: 'dir',
      entries: [
        { name: 'docs', path: 'docs', type: 'dir', sha: 'd', size: 0 },
        { name: 'a b.md', path: 'a b.md', type: 'file', sha: 'e', size: 2048 },
      ],
      readme: { name: 'README.md', text: readme },
    }),
    getRaw: async () => new Blob(),
    listCommits: async () => ({ items: [commit], totalItems: 1 }),
    getCommit: async () => ({
      commit,
      diff: {
        files: [
          { path: 'index.js', status: 'modified', additions: 1, deletions: 1 },
        ],
        patch:
          'diff --git a/index.js b/index.js\n@@ -1 +1 @@\n-slow();\n+fast();\n',
        truncated: false,
      },
    }),
    compare: async () => ({
      base: 'a',
      head: 'b',
      totalCommits: 0,
      commits: [],
      diff: { files: [], patch: '', truncated: false },
    }),
    listTokens: async () => ({
      items: [],
      defaultLifetime: 2_592_000,
      maxLifetime: 31_536_000,
    }),
    createToken: async () => {
      throw new Error('not in this test');
    },
    revokeToken: async () => {},
    ...overrides,
  };
}

function open(path: string, api: GitApi = fakeApi()) {
  renderInTestApp(
    <TestApiProvider
      apis={[
        [gitApiRef, api],
        [catalogApiRef, { getEntities: async () => ({ items: [] }) }],
      ]}
    >
      <Routes>
        <Route path="/git/*" element={<GitPages />} />
      </Routes>
    </TestApiProvider>,
    { initialRouteEntries: [path], mountedRoutes: { '/git': rootRouteRef } },
  );
  return api;
}

describe('GitPages', () => {
  it('lists repositories and asks again for an owner', async () => {
    const listRepositories = jest.fn(fakeApi().listRepositories);
    open('/git?owner=team-payments', fakeApi({ listRepositories }));
    const link = await screen.findByRole('link', { name: 'checkout' });
    expect(link).toHaveAttribute('href', '/git/team-payments/checkout');
    expect(listRepositories).toHaveBeenCalledWith(
      expect.objectContaining({ owner: 'team-payments', offset: 0 }),
      expect.anything(),
    );
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search repositories' }),
      'check',
    );
    await waitFor(() =>
      expect(listRepositories).toHaveBeenLastCalledWith(
        expect.objectContaining({ search: 'check' }),
        expect.anything(),
      ),
    );
  });

  it('says that there is nothing yet, and shows no sample instead', async () => {
    open(
      '/git',
      fakeApi({
        listRepositories: async () => ({
          items: [],
          totalItems: 0,
          owners: [],
        }),
      }),
    );
    expect(
      await screen.findByText(/There are no repositories yet/),
    ).toBeVisible();
  });

  it('says what failed and tries again on request', async () => {
    const listRepositories = jest
      .fn(fakeApi().listRepositories)
      .mockRejectedValueOnce(new Error('The host is away'));
    open('/git', fakeApi({ listRepositories }));
    expect(await screen.findByText('The host is away')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'checkout' })).toBeVisible();
  });

  it('shows files, README, clone URL and commits, and runs nothing of the README', async () => {
    open('/git/team-payments/checkout');
    expect(await screen.findByRole('link', { name: 'docs' })).toHaveAttribute(
      'href',
      '/git/team-payments/checkout/src/branch/main/docs',
    );
    expect(screen.getByRole('link', { name: 'a b.md' })).toHaveAttribute(
      'href',
      '/git/team-payments/checkout/src/branch/main/a%20b.md',
    );
    expect(screen.getByText('2.0 KiB')).toBeVisible();
    expect(await screen.findByText('Checkout')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Docs' })).toHaveAttribute(
      'href',
      '/git/team-payments/checkout/src/branch/main/docs/index.md',
    );
    expect(screen.getByText('run')).not.toHaveAttribute(
      'href',
      expect.stringContaining('javascript'),
    );
    expect(document.querySelector('script, [onerror]')).toBeNull();
    expect(
      within(screen.getByRole('group', { name: 'clone URL' })).getByText(
        repository.cloneUrl,
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'access token' })).toHaveAttribute(
      'href',
      '/git/tokens',
    );
  });

  it('reads a branch with a slash from the address', async () => {
    const getContents = jest.fn(fakeApi().getContents);
    open(
      '/git/team-payments/checkout/src/branch/feature%2Fone/docs/a%20b',
      fakeApi({ getContents }),
    );
    await screen.findByRole('list', { name: 'Files' });
    expect(getContents).toHaveBeenCalledWith(
      { owner: 'team-payments', name: 'checkout' },
      { ref: 'feature/one', path: 'docs/a b' },
      expect.anything(),
    );
  });

  it.each([
    [{ text: 'one\ntwo\n' }, 'one two'],
    [{ binary: true }, 'This is a binary file. Download it to open it.'],
    [{ tooLarge: true }, /too large to show/],
    [{ type: 'symlink' as const, target: '/etc/passwd' }, /does not follow/],
  ])('shows a file that is %j', async (file, expected) => {
    open(
      '/git/team-payments/checkout/src/branch/main/file.txt',
      fakeApi({
        getContents: async () => ({
          commit: commit.sha,
          path: 'file.txt',
          lastCommit: commit,
          type: 'file',
          name: 'file.txt',
          sha: 'e',
          size: 8,
          ...file,
        }),
      }),
    );
    expect(await screen.findByText(expected)).toBeVisible();
  });

  it('shows what a commit changed', async () => {
    open(`/git/team-payments/checkout/commit/${commit.sha}`);
    expect(
      await screen.findByRole('heading', { name: 'Answer faster' }),
    ).toBeVisible();
    const changes = screen.getByRole('region', {
      name: 'Changes of index.js',
    });
    expect(
      within(changes).getByRole('row', { name: /added fast\(\);/ }),
    ).toBeVisible();
    expect(
      within(changes).getByRole('row', { name: /removed slow\(\);/ }),
    ).toBeVisible();
  });

  it('says how to begin with an empty repository', async () => {
    open(
      '/git/team-payments/checkout',
      fakeApi({
        getRepository: async () => ({
          ...repository,
          branches: [],
          latestCommit: undefined,
        }),
      }),
    );
    expect(
      await screen.findByText(/git push http:\/\/localhost:7007/),
    ).toBeVisible();
  });
});
