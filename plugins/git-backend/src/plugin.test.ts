import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGitClient, type GitClient } from './__fixtures__/gitClient';
import { startGitHost, type TestHost } from './__fixtures__/startGitHost';

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
});
