import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGitClient, type GitClient } from './__testUtils__/gitClient';
import {
  basic,
  startGitHost,
  type TestHost,
} from './__testUtils__/startGitHost';

jest.setTimeout(60_000);

describe('gitPlugin', () => {
  let host: TestHost;
  let client: GitClient;

  beforeAll(async () => {
    host = await startGitHost();
  });
  afterAll(async () => {
    await host.stop();
  });
  beforeEach(async () => {
    client = await createGitClient();
    host.events.length = 0;
  });
  afterEach(async () => {
    await client.remove();
  });

  async function commit(file: string, content: string, message = file) {
    await writeFile(join(client.folder, file), content);
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', message);
    return client.ok('rev-parse', 'HEAD');
  }

  it('clones, pushes and fetches with an access token, and announces the push', async () => {
    await host.createRepository('team-payments', 'journey');
    const token = await host.token('user:default/dev');
    const remote = host.remote('team-payments/journey', token);

    const sha = await commit('README.md', '# Journey\n');
    await client.ok('push', '--quiet', remote, 'main');
    await host.waitForEvents(1);
    expect(host.events).toEqual([
      {
        owner: 'team-payments',
        repo: 'journey',
        ref: 'refs/heads/main',
        branch: 'main',
        defaultBranch: 'main',
        before: '0'.repeat(40),
        after: sha,
        pusher: 'user:default/dev',
      },
    ]);

    await client.ok('clone', '--quiet', remote, 'copy');
    const next = await commit('a.txt', 'a');
    await client.ok('push', '--quiet', remote, 'main');
    await client.ok('-C', 'copy', 'pull', '--quiet');
    expect(await client.ok('-C', 'copy', 'rev-parse', 'HEAD')).toBe(next);
    await host.waitForEvents(2);
    expect(host.events[1]).toMatchObject({ before: sha, after: next });
    expect(host.audit).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'push',
        meta: expect.objectContaining({ actor: 'user:default/dev' }),
      }),
    );
  });

  it('keeps symbolic links as links', async () => {
    await host.createRepository('team-payments', 'links');
    await symlink('/etc/passwd', join(client.folder, 'passwd'));
    await commit('a.txt', 'a');
    const token = await host.token('user:default/dev');
    await client.ok('push', host.remote('team-payments/links', token), 'main');
    const response = await host.service(
      '/api/v1/repos/team-payments/links/contents/passwd',
    );
    expect(await response.json()).toMatchObject({
      type: 'symlink',
      target: '/etc/passwd',
      content: null,
    });
    const raw = await host.service(
      '/api/v1/repos/team-payments/links/raw/passwd',
    );
    expect(raw.status).toBe(404);
    const below = await host.service(
      '/api/v1/repos/team-payments/links/contents/passwd/x',
    );
    expect(below.status).toBe(404);
  });

  describe('who may do what', () => {
    beforeAll(async () => {
      await host.createRepository('team-payments', 'guarded');
    });

    it('answers nothing without credentials but the redirect', async () => {
      const get = (path: string) =>
        fetch(`${host.url}${path}`, { redirect: 'manual' });
      for (const path of [
        '/api/v1/version',
        '/api/v1/repos/team-payments/guarded',
        '/api/v1/repos/team-payments/guarded/contents/a',
        '/api/v1/orgs/team-payments',
        '/v1/repos',
        '/v1/tokens',
        '/v1/repos/team-payments/guarded/raw?path=a',
        '/team-payments/guarded.git/info/refs?service=git-upload-pack',
        '/team-payments/guarded/info/refs?service=git-receive-pack',
      ]) {
        expect([path, (await get(path)).status]).toEqual([path, 401]);
      }
      for (const path of [
        '/team-payments/guarded.git/git-upload-pack',
        '/team-payments/guarded.git/git-receive-pack',
      ]) {
        const response = await fetch(`${host.url}${path}`, { method: 'POST' });
        expect([path, response.status]).toEqual([path, 401]);
        expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
      }
      expect((await get('/v1/repos')).headers.get('www-authenticate')).toBe(
        null,
      );
      const redirect = await get('/team-payments/guarded/src/branch/main');
      expect(redirect.status).toBe(302);
      expect(redirect.headers.get('location')).toBe(
        `${host.appUrl}/git/team-payments/guarded/src/branch/main`,
      );
      expect((await get('/team-payments/unknown.git')).status).toBe(302);
    });

    it('refuses a wrong token with a sentence', async () => {
      const { code, stderr } = await client.run(
        'ls-remote',
        host.remote('team-payments/guarded', `wmk_${'x'.repeat(40)}`),
      );
      expect(code).not.toBe(0);
      expect(stderr).toContain('Authentication failed');
      const response = await fetch(`${host.url}/api/v1/version`, {
        headers: { authorization: basic('dev', 'nonsense') },
      });
      expect(response.status).toBe(401);
      expect((await response.json()).message).toContain(
        'not a valid access token',
      );
    });

    it('lets another team read and not push, and the platform team push', async () => {
      await commit('a.txt', 'a');
      const sam = host.remote(
        'team-payments/guarded',
        await host.token('user:default/sam'),
      );
      const { code, stderr } = await client.run('push', sam, 'main');
      expect(code).not.toBe(0);
      expect(stderr).toContain(
        'user:default/sam is not a member of group:default/team-payments',
      );
      const pat = host.remote(
        'team-payments/guarded',
        await host.token('user:default/pat'),
      );
      await client.ok('push', pat, 'main');
      await host.waitForEvents(1);
      expect(await client.ok('ls-remote', sam)).toContain('refs/heads/main');
    });

    it('refuses a push that skips the question whether it may', async () => {
      const token = await host.token('user:default/sam');
      const response = await fetch(
        `${host.url}/team-payments/guarded.git/git-receive-pack`,
        {
          method: 'POST',
          headers: {
            authorization: basic('sam', token),
            'content-type': 'application/x-git-receive-pack-request',
          },
          body: '0000',
        },
      );
      expect(response.status).toBe(403);
    });

    it('refuses revoked and expired tokens', async () => {
      const expiring = await host.token('user:default/dev', 60);
      const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
      const expired = await fetch(`${host.url}/api/v1/user`, {
        headers: { authorization: `token ${expiring}` },
      });
      now.mockRestore();
      expect(expired.status).toBe(401);
      expect((await expired.json()).message).toContain('has expired');

      const call = host.as('user:default/dev');
      const created = await (
        await call('/v1/tokens', {
          method: 'POST',
          body: JSON.stringify({ name: 'laptop' }),
        })
      ).json();
      expect(created.token).toMatch(/^wmk_[A-Za-z0-9]{40}$/);
      const list = await (await call('/v1/tokens')).json();
      expect(JSON.stringify(list)).not.toContain(created.token);
      expect(JSON.stringify(list)).not.toContain('hash');
      const other = await host.as('user:default/sam')(
        `/v1/tokens/${created.id}`,
        { method: 'DELETE' },
      );
      expect(other.status).toBe(404);
      expect(
        (await call(`/v1/tokens/${created.id}`, { method: 'DELETE' })).status,
      ).toBe(204);
      const revoked = await fetch(`${host.url}/api/v1/user`, {
        headers: { authorization: basic('dev', created.token) },
      });
      expect(revoked.status).toBe(401);
    });

    it('makes no token with a token, nor for a service, nor for too long', async () => {
      const token = await host.token('user:default/dev');
      for (const authorization of [
        basic('dev', token),
        `Bearer ${token}`,
        basic('waymark', 'service-password'),
      ]) {
        const response = await fetch(`${host.url}/v1/tokens`, {
          headers: { authorization },
        });
        expect(response.status).toBe(401);
      }
      const long = await host.as('user:default/dev')('/v1/tokens', {
        method: 'POST',
        body: JSON.stringify({ name: 'x', lifetime: 400 * 86_400 }),
      });
      expect(long.status).toBe(400);
      expect((await long.json()).error.message).toBe(
        'A token may live for 365 days at most; 400 days was asked for.',
      );
    });

    it('refuses the token of a person who is not in the catalog', async () => {
      const token = await host.token('user:default/gone');
      const response = await fetch(`${host.url}/api/v1/user`, {
        headers: { authorization: basic('gone', token) },
      });
      expect(response.status).toBe(401);
      expect((await response.json()).message).toContain('no longer');
    });
  });

  describe('names and paths', () => {
    it.each([
      ['Checkout'],
      ['../x'],
      ['-a'],
      ['a-'],
      ['a b'],
      ['a.git'],
      ['1a'],
      [''],
      ['a'.repeat(51)],
      ['a\u0000b'],
    ])('refuses a repository named %j', async name => {
      const response = await host.service('/api/v1/orgs/team-payments/repos', {
        method: 'POST',
        body: JSON.stringify({ name }),
      });
      expect(response.status).toBe(422);
      expect((await response.json()).message).toContain('lower-case letters');
    });

    it('refuses an owner that is not a group, and a name that is taken', async () => {
      const create = (owner: string) =>
        host.service(`/api/v1/orgs/${owner}/repos`, {
          method: 'POST',
          body: JSON.stringify({ name: 'taken' }),
        });
      const unknown = await create('team-nobody');
      expect(unknown.status).toBe(422);
      expect((await unknown.json()).message).toContain(
        "'team-nobody' is not a group of the catalog",
      );
      expect((await create('team-payments')).status).toBe(201);
      const taken = await create('team-payments');
      expect(taken.status).toBe(409);
      expect((await taken.json()).message).toContain('already');
      expect((await create('api')).status).toBe(422);
    });

    it('lets only members create, by both routes, and administrators no more than others', async () => {
      for (const user of ['sam', 'pat']) {
        const call = host.as(`user:default/${user}`);
        const answers = await Promise.all([
          call('/v1/repos', {
            method: 'POST',
            body: JSON.stringify({ owner: 'team-payments', name: 'mine' }),
          }),
          call('/api/v1/orgs/team-payments/repos', {
            method: 'POST',
            body: JSON.stringify({ name: 'mine' }),
          }),
        ]);
        for (const answer of answers) {
          expect([user, answer.status]).toEqual([user, 403]);
          expect(await answer.text()).toContain(
            'Only its members may make repositories for it',
          );
        }
      }
      const own = await host.as('user:default/pat')(
        '/api/v1/orgs/team-platform/repos',
        { method: 'POST', body: JSON.stringify({ name: 'tools' }) },
      );
      expect(own.status).toBe(201);
      const reserved = await host.as('user:default/dev')(
        '/api/v1/orgs/team-payments/repos',
        { method: 'POST', body: JSON.stringify({ name: 'kube-system' }) },
      );
      expect(reserved.status).toBe(422);
      expect((await reserved.json()).message).toContain('is reserved (kube-*');
    });

    it('lets only members and administrators delete', async () => {
      const sam = host.as('user:default/sam');
      await host.createRepository('team-payments', 'short-lived');
      const path = '/api/v1/repos/team-payments/short-lived';
      expect((await sam(path, { method: 'DELETE' })).status).toBe(403);
      const dev = host.as('user:default/dev');
      expect((await dev(path, { method: 'DELETE' })).status).toBe(204);
      expect((await dev(path)).status).toBe(404);
      await host.createRepository('team-payments', 'short-lived');
    });

    it.each([
      '/api/v1/repos/team-payments/..%2f..%2fetc/contents/passwd',
      '/api/v1/repos/..%2f..%2f/x/contents/passwd',
      '/api/v1/repos/team-payments/paths/contents/..%2f..%2fHEAD',
      '/api/v1/repos/team-payments/paths/contents/%2e%2e/HEAD',
      '/api/v1/repos/team-payments/paths/contents/a%00b',
      '/api/v1/repos/team-payments/paths/contents/a.txt?ref=main%5E',
      '/api/v1/repos/team-payments/paths/contents/a.txt?ref=--help',
      '/api/v1/repos/team-payments/paths/contents/a.txt?ref=main%40%7B0%7D',
      '/api/v1/repos/team-payments/paths/contents/a.txt?ref=:/a',
      '/api/v1/repos/team-payments/paths/archive/--output=x.tar.gz',
      '/api/v1/repos/team-payments/paths/archive/..%2f..%2fx.tar.gz',
      '/api/v1/repos/team-payments/paths/git/commits/nothing',
      '/api/v1/repos/team-payments/nothing',
      '/team-payments/..%2f..%2fx/info/refs?service=git-upload-pack',
      '/team-payments/paths.git/objects/info/packs',
    ])('finds nothing at %s', async path => {
      const taken = await host.service('/api/v1/repos/team-payments/paths');
      if (taken.status === 404) {
        await host.createRepository('team-payments', 'paths');
        await commit('a.txt', 'a');
        const token = await host.token('user:default/dev');
        await client.ok(
          'push',
          host.remote('team-payments/paths', token),
          'main',
        );
      }
      const response = await host.service(path);
      const body = await response.text();
      expect([302, 404]).toContain(response.status);
      expect(body).not.toContain('root:');
    });

    it('reads files with spaces, percent signs and letters of any script, on branches with slashes', async () => {
      await host.createRepository('team-payments', 'unicode');
      await commit('a file 100%.md', 'spaced');
      const sha = await commit('größe 测试.txt', 'unicode');
      await client.ok('checkout', '-q', '-b', 'feature/größe');
      const token = await host.token('user:default/dev');
      await client.ok(
        'push',
        '--all',
        host.remote('team-payments/unicode', token),
      );
      const read = async (path: string, ref: string) => {
        const response = await host.service(
          `/api/v1/repos/team-payments/unicode/contents/${encodeURIComponent(
            path,
          )}?ref=${encodeURIComponent(ref)}`,
        );
        const { content } = await response.json();
        return Buffer.from(content, 'base64').toString('utf8');
      };
      expect(await read('a file 100%.md', 'feature/größe')).toBe('spaced');
      expect(await read('größe 测试.txt', sha)).toBe('unicode');
      const branch = await host.service(
        '/api/v1/repos/team-payments/unicode/branches/feature%2Fgr%C3%B6%C3%9Fe',
      );
      expect((await branch.json()).commit.id).toBe(sha);
    });
  });
});
