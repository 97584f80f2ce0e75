import { ConfigReader } from '@backstage/config';
import type { ChangesProvider } from '@waymark/plugin-dora-node';
import { FakeProvider } from '../__testUtils__/FakeProvider';
import { History } from '../__testUtils__/History';
import {
  giteaRoutes,
  githubRoutes,
  gitlabRoutes,
} from '../__testUtils__/routes';
import { HostGates } from '../HostGates';
import { ProviderHttp } from '../ProviderHttp';
import { createProviders } from './createProviders';

const KINDS = {
  github: {
    routes: githubRoutes,
    config: (host: string) => ({
      host,
      apiBaseUrl: `http://${host}/api/v3`,
      token: 'gh-token',
    }),
    authorization: 'Bearer gh-token',
  },
  gitlab: {
    routes: gitlabRoutes,
    config: (host: string) => ({
      host,
      apiBaseUrl: `http://${host}/api/v4`,
      baseUrl: `http://${host}`,
      token: 'gl-token',
    }),
    authorization: 'Bearer gl-token',
  },
  gitea: {
    routes: giteaRoutes,
    config: (host: string) => ({
      host,
      baseUrl: `http://${host}`,
      username: 'reader',
      password: 'pw',
    }),
    authorization: `basic ${Buffer.from('reader:pw').toString('base64')}`,
  },
} as const;
type Kind = keyof typeof KINDS;

describe.each(Object.keys(KINDS) as Kind[])('changes from %s', kind => {
  let history: History;
  let fake: FakeProvider;
  let provider: ChangesProvider;
  let gates: HostGates;

  beforeEach(async () => {
    history = new History();
    fake = new FakeProvider(history, KINDS[kind].routes);
    await fake.start();
    gates = new HostGates(2, Date.now);
    const http = new ProviderHttp({ gates, timeout: 500, now: Date.now });
    const config = new ConfigReader({
      integrations: { [kind]: [KINDS[kind].config(fake.host)] },
    });
    provider = createProviders(config, http).find(({ id }) => id === kind)!;
  });
  afterEach(() => fake.stop());

  const compare = (
    base: string,
    head: string,
    options: { paths?: string[]; maxCommits?: number; path?: string } = {},
  ) =>
    provider.compare({
      repository: { host: fake.host, path: options.path ?? 'shop/checkout' },
      base,
      head,
      paths: options.paths ?? [],
      maxCommits: options.maxCommits ?? 5_000,
      signal: new AbortController().signal,
    });

  it('finds the repository by the source location, at configured hosts alone', () => {
    const locate = (url: string) =>
      provider.locate({ 'backstage.io/source-location': `url:${url}` });
    expect(
      locate(`http://${fake.host}/shop/checkout/tree/main/services/api/`),
    ).toEqual({ host: fake.host, path: 'shop/checkout' });
    expect(locate('https://github.com/shop/checkout')).toBeUndefined();
    expect(locate('https://gitlab.com/shop/checkout')).toBeUndefined();
    expect(provider.locate({})).toBeUndefined();
  });

  it('reads every commit of a comparison of many pages', async () => {
    const base = history.commit('Begin');
    const head = history.grow(432);
    const { commits, headIsBehind } = await compare(base, head);
    expect(headIsBehind).toBe(false);
    expect(commits).toHaveLength(432);
    expect(new Set(commits.map(({ sha }) => sha)).size).toBe(432);
    expect([...fake.authorizations]).toEqual([KINDS[kind].authorization]);
  });

  it('takes the committer date, parents, title, author and pull request', async () => {
    const base = history.commit('Begin');
    const head = history.commit('Pay by card (#41)\n\nLong text');
    const { commits } = await compare(base, head);
    expect(commits).toEqual([
      {
        sha: head,
        committedAt: '2026-01-01T01:00:00.000Z',
        parents: [base],
        title: 'Pay by card (#41)',
        author: 'Devon Reyes',
        pullRequest: 41,
        url: expect.stringContaining(`/commit/${head}`),
      },
    ]);
  });

  it('follows both sides of a merge', async () => {
    const base = history.commit('Begin');
    const left = history.commit('Left', { parents: [base] });
    const right = history.commit('Right', { parents: [base] });
    const head = history.commit('Merge', { parents: [left, right] });
    const { commits } = await compare(base, head);
    expect(new Set(commits.map(({ sha }) => sha))).toEqual(
      new Set([left, right, head]),
    );
  });

  it('says when the head is older than what was live', async () => {
    const old = history.commit('Begin');
    const live = history.grow(3);
    expect(await compare(live, old)).toEqual({
      commits: [],
      headIsBehind: true,
    });
    expect(await compare(live, live)).toEqual({
      commits: [],
      headIsBehind: false,
    });
  });

  it('counts commits that touch the paths of a monorepo, and no others', async () => {
    const base = history.commit('Begin', { files: ['checkout/a'] });
    const inside = history.commit('Inside', { files: ['checkout/src/a.ts'] });
    history.commit('Outside', { files: ['checkout-web/a.ts', 'README.md'] });
    const docs = history.commit('Docs', { files: ['checkout/docs/a.md'] });
    history.grow(120);
    const head = history.commit('Shared', { files: ['libs/money/b.ts'] });
    const shas = async (...paths: string[]) =>
      (await compare(base, head, { paths })).commits
        .map(({ sha }) => sha)
        .sort();
    expect(await shas('checkout/**')).toEqual([inside, docs].sort());
    expect(await shas('/checkout/')).toEqual([inside, docs].sort());
    expect(await shas('checkout/**', 'libs/money')).toEqual(
      [inside, docs, head].sort(),
    );
    expect(await shas('checkout/**/*.ts')).toEqual([inside]);
    expect(await shas('nowhere/**')).toEqual([]);
  });

  it('gives up beyond the limit, and names the key that raises it', async () => {
    const base = history.commit('Begin');
    const head = history.grow(120);
    await expect(compare(base, head, { maxCommits: 100 })).rejects.toThrow(
      /more than dora.changes.maxCommits \(100\)/,
    );
  });

  it.each(['base', 'head'] as const)(
    'names the revision that is unknown: the %s',
    async which => {
      const known = history.commit('Begin');
      const lost = 'f'.repeat(40);
      const work =
        which === 'base' ? compare(lost, known) : compare(known, lost);
      await expect(work).rejects.toMatchObject({
        name: 'ChangesUnavailableError',
        message: expect.stringContaining('does not know the revision fffffff'),
      });
    },
  );

  it('says when the repository is missing', async () => {
    const sha = history.commit('Begin');
    await expect(
      compare(sha, 'e'.repeat(40), { path: 'shop/lost' }),
    ).rejects.toMatchObject({
      name: 'ChangesUnavailableError',
      message: expect.stringContaining('has no repository shop/lost'),
    });
  });

  it.each([
    [401, /set a valid token under integrations/],
    [403, /read access/],
  ])('says what to do about %d', async (status, message) => {
    fake.next.push({ status });
    await expect(compare('a', 'b')).rejects.toMatchObject({
      name: 'ChangesUnavailableError',
      message: expect.stringMatching(message),
    });
  });

  it.each([500, 502, 503])(
    'lets %d pass as a passing failure',
    async status => {
      fake.next.push({ status });
      await expect(compare('a', 'b')).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
    },
  );

  it('takes an answer of another shape, or none in time, as a passing failure', async () => {
    fake.intercept = () => ({ body: '<html>' });
    const sha = history.commit('Begin');
    const head = history.commit('On');
    await expect(compare(sha, head)).rejects.toThrow(/something else/);
    fake.delay = 900;
    await expect(compare(sha, head)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('did not answer in time'),
    });
  });

  it('waits a little in place and for long with an error that says until when', async () => {
    const base = history.commit('Begin');
    const head = history.commit('On');
    fake.next.push({ status: 429, headers: { 'retry-after': '1' } });
    const before = Date.now();
    expect((await compare(base, head)).commits).toHaveLength(1);
    expect(Date.now() - before).toBeGreaterThan(900);

    fake.next.push({ status: 429, headers: { 'retry-after': '600' } });
    await expect(compare(base, head)).rejects.toMatchObject({
      name: 'ChangesDelayedError',
      until: expect.any(Number),
    });
    expect(gates.blockedUntil(fake.host)).toBeGreaterThan(Date.now() + 590_000);
  });

  it('leaves the host alone once its allowance is used up', async () => {
    const base = history.commit('Begin');
    const head = history.commit('On');
    const reset = Math.ceil(Date.now() / 1000) + 300;
    const prefix = kind === 'gitlab' ? 'ratelimit' : 'x-ratelimit';
    const used = {
      [`${prefix}-remaining`]: '0',
      [`${prefix}-reset`]: String(reset),
    };
    fake.next.push({ status: 403, headers: used });
    await expect(compare(base, head)).rejects.toMatchObject({
      name: 'ChangesDelayedError',
      until: reset * 1000,
    });
    expect(gates.enter(fake.host)).toBe(false);
  });

  it('asks nothing more in the middle of a comparison once the allowance is used up', async () => {
    const base = history.commit('Begin');
    const head = history.grow(250);
    const reset = Math.ceil(Date.now() / 1000) + 300;
    fake.headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(reset),
    };
    await expect(compare(base, head)).rejects.toMatchObject({
      name: 'ChangesDelayedError',
      until: reset * 1000,
    });
    expect(fake.requests).toHaveLength(1);
  });

  it('follows a renamed repository at the same host, and never to another one', async () => {
    const base = history.commit('Begin');
    const head = history.commit('On');
    fake.intercept = ({ path, query }) =>
      path.includes('old')
        ? {
            status: 301,
            headers: {
              location: `${path.replace(/old/, 'checkout')}?${query}`,
            },
          }
        : undefined;
    const { commits } = await compare(base, head, { path: 'shop/old' });
    expect(commits).toHaveLength(1);
    const elsewhere = new FakeProvider(history, KINDS[kind].routes);
    await elsewhere.start();
    fake.intercept = ({ path }) => ({
      status: 302,
      headers: { location: `http://${elsewhere.host}${path}` },
    });
    await expect(compare(base, head)).rejects.toThrow(/sends elsewhere/);
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.stop();
  });
});

describe('createProviders', () => {
  it('speaks to no host that app-config does not name', () => {
    const http = new ProviderHttp({
      gates: new HostGates(1, Date.now),
      timeout: 1,
      now: Date.now,
    });
    for (const provider of createProviders(new ConfigReader({}), http)) {
      expect(
        provider.locate({
          'github.com/project-slug': 'shop/checkout',
          'gitlab.com/project-slug': 'shop/checkout',
          'backstage.io/source-location': 'url:https://github.com/a/b/',
        }),
      ).toBeUndefined();
    }
  });

  it('takes the slug before the location, at the host of the location or the default one', () => {
    const http = {} as ProviderHttp;
    const [github, gitlab] = createProviders(
      new ConfigReader({
        integrations: {
          github: [
            { host: 'ghe.example', apiBaseUrl: 'https://ghe.example/api/v3' },
            { host: 'github.com' },
          ],
          gitlab: [
            {
              host: 'git.example',
              baseUrl: 'https://git.example/gitlab',
              apiBaseUrl: 'https://git.example/gitlab/api/v4',
            },
          ],
        },
      }),
      http,
    );
    const slug = { 'github.com/project-slug': 'shop/checkout' };
    const at = (url: string) => ({ 'backstage.io/source-location': url });
    expect(github.locate(slug)).toEqual({
      host: 'github.com',
      path: 'shop/checkout',
    });
    expect(
      github.locate({ ...slug, ...at('url:https://ghe.example/catalog/all/') }),
    ).toEqual({ host: 'ghe.example', path: 'shop/checkout' });
    expect(
      gitlab.locate(
        at('url:https://git.example/gitlab/a/b/c/-/tree/main/services/x/'),
      ),
    ).toEqual({ host: 'git.example', path: 'a/b/c' });
    expect(gitlab.locate(at('url:https://git.example/a/b'))).toBeUndefined();
    expect(gitlab.locate({ 'gitlab.com/project-slug': 'a/b/c' })).toEqual({
      host: 'git.example',
      path: 'a/b/c',
    });
  });
});
