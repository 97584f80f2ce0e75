import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGitClient, type GitClient } from './__testUtils__/gitClient';
import {
  basic,
  SERVICE,
  startGitHost,
  type TestHost,
} from './__testUtils__/startGitHost';
import { GitProcesses } from './git/GitProcesses';

jest.setTimeout(120_000);

describe('names of branches and tags', () => {
  let host: TestHost;
  let client: GitClient;
  let remote: string;
  let first: string;
  let second: string;
  const gitDir = () =>
    join(host.directory, 'repositories', 'team-payments', 'refs.git');

  beforeAll(async () => {
    host = await startGitHost();
    await host.createRepository('team-payments', 'refs');
    remote = host.remote(
      'team-payments/refs',
      await host.token('user:default/dev'),
    );
    client = await createGitClient();
    first = await commit('first');
    second = await commit('second');
    await client.ok('push', remote, 'main');
  });
  afterAll(async () => {
    await client.remove();
    await host.stop();
  });

  async function commit(content: string) {
    await writeFile(join(client.folder, 'a.txt'), content);
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', content);
    return client.ok('rev-parse', 'HEAD');
  }

  const call = (path: string) =>
    host.service(`/api/v1/repos/team-payments/refs/${path}`);

  it.each([
    ['refs/heads/<sha>', "named like a commit's SHA"],
    ['refs/tags/<sha>', "named like a commit's SHA"],
    [`refs/heads/${'a'.repeat(64)}`, "named like a commit's SHA"],
    ['refs/heads/refs/heads/main', 'take for another ref'],
    ['refs/tags/refs/x', 'take for another ref'],
    ['refs/heads/HEAD', 'take for another ref'],
    ['refs/heads/-x', 'take for an option'],
    ['refs/tags/--output=x', 'take for an option'],
  ])('refuses a push to %s', async (name, reason) => {
    const ref = name.replace('<sha>', first);
    const { code, stderr } = await client.run(
      'push',
      remote,
      `${second}:${ref}`,
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain(reason);
    expect(await client.ok('ls-remote', remote)).not.toContain(ref);
  });

  it('means the commit by a whole SHA, whatever branches there are', async () => {
    // As an earlier version would have left them.
    const git = new GitProcesses({ home: host.directory });
    for (const ref of [
      `refs/heads/${first}`,
      `refs/tags/${first}`,
      `refs/heads/${'a'.repeat(64)}`,
    ]) {
      await git.run(['update-ref', ref, second], { gitDir: gitDir() });
    }
    const file = await (await call(`contents/a.txt?ref=${first}`)).json();
    expect(Buffer.from(file.content, 'base64').toString()).toBe('first');
    expect(await (await call(`raw/a.txt?ref=${first}`)).text()).toBe('first');
    expect((await (await call(`git/commits/${first}`)).json()).sha).toBe(first);
    const history = await (await call(`commits?sha=${first}`)).json();
    expect(history[0].sha).toBe(first);
    const compared = await (await call(`compare/${first}...main`)).json();
    expect(compared.total_commits).toBe(1);
    const archive = await call(`archive/${first}.zip`);
    expect(archive.headers.get('etag')).toBe(`"${first}"`);
    await archive.arrayBuffer();
    const page = await host.as('user:default/dev')(
      `/v1/repos/team-payments/refs/raw?path=a.txt&ref=${first}`,
    );
    expect(await page.text()).toBe('first');
    expect((await call(`git/commits/${'a'.repeat(64)}`)).status).toBe(404);
    expect((await call(`git/commits/${'b'.repeat(40)}`)).status).toBe(404);
    expect((await call(`contents/a.txt?ref=${first.slice(0, 8)}`)).status).toBe(
      200,
    );

    // They can be removed.
    await client.ok('push', remote, '--delete', `refs/heads/${first}`);
  });

  it('lets no file of a repository be written or read over HTTP', async () => {
    const headers = {
      authorization: basic(SERVICE.username, SERVICE.password),
    };
    for (const method of ['PUT', 'POST', 'PATCH', 'GET']) {
      const response = await fetch(
        `${host.url}/team-payments/refs.git/objects/info/alternates`,
        {
          method,
          headers,
          redirect: 'manual',
          ...(method === 'GET' ? {} : { body: '/tmp/elsewhere/objects' }),
        },
      );
      expect([302, 404]).toContain(response.status);
    }
    await expect(
      stat(join(gitDir(), 'objects', 'info', 'alternates')),
    ).rejects.toThrow('ENOENT');
    expect(await readFile(join(gitDir(), 'HEAD'), 'utf8')).toBe(
      'ref: refs/heads/main\n',
    );
  });

  it.each([
    'refs/heads/../../objects/info/alternates',
    'refs/../objects/info/alternates',
    'objects/info/alternates',
  ])('refuses a hand-made push to %s', async ref => {
    const line = `${'0'.repeat(40)} ${first} ${ref}\0report-status`;
    const length = (line.length + 4).toString(16).padStart(4, '0');
    const response = await fetch(
      `${host.url}/team-payments/refs.git/git-receive-pack`,
      {
        method: 'POST',
        headers: {
          authorization: basic(SERVICE.username, SERVICE.password),
          'content-type': 'application/x-git-receive-pack-request',
        },
        body: `${length}${line}0000`,
      },
    );
    expect(await response.text()).toContain(`ng ${ref} `);
    await expect(
      stat(join(gitDir(), 'objects', 'info', 'alternates')),
    ).rejects.toThrow('ENOENT');
  });
});
