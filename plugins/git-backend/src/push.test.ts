import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGitClient, type GitClient } from './__testUtils__/gitClient';
import {
  basic,
  SERVICE,
  startGitHost,
  type TestHost,
} from './__testUtils__/startGitHost';

jest.setTimeout(120_000);

describe('pushes', () => {
  let host: TestHost;
  let client: GitClient;
  let remote: string;
  let count = 0;
  let name: string;

  beforeAll(async () => {
    host = await startGitHost({
      config: { limits: { push: '2 MiB', repository: '4 MiB' } },
    });
  });
  afterAll(async () => {
    await host.stop();
  });
  beforeEach(async () => {
    client = await createGitClient();
    count += 1;
    name = `push-${count}`;
    await host.createRepository('team-payments', name);
    remote = host.remote(
      `team-payments/${name}`,
      await host.token('user:default/dev'),
    );
    host.events.length = 0;
  });
  afterEach(async () => {
    await client.remove();
  });

  async function commit(file: string, content: string | Buffer) {
    await writeFile(join(client.folder, file), content);
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', file);
    return client.ok('rev-parse', 'HEAD');
  }

  const gitDir = () =>
    join(host.directory, 'repositories', 'team-payments', `${name}.git`);

  async function checkWhole() {
    await promisify(execFile)('git', ['-C', gitDir(), 'fsck', '--full'], {
      env: {
        ...process.env,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
      },
    });
    const objects = await readdir(join(gitDir(), 'objects'), {
      recursive: true,
    });
    expect(objects.filter(path => path.includes('tmp'))).toEqual([]);
  }

  async function waitFor(condition: () => boolean | Promise<boolean>) {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await condition()) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('It did not happen within 10 seconds');
  }

  it('cuts off what is too large, says why, and keeps nothing of it', async () => {
    await commit('large.bin', randomBytes(24 * 1024 * 1024));
    const { code, stderr } = await client.run('push', remote, 'main');
    expect(code).not.toBe(0);
    expect(stderr).toContain('exceeds maximum allowed size (2.00 MiB)');
    await checkWhole();
    const objects = await readdir(join(gitDir(), 'objects'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(objects.filter(entry => entry.isFile())).toEqual([]);
    expect(host.events).toEqual([]);
  });

  it('ends an endless push early', async () => {
    await commit('a.txt', 'a');
    const sha = await client.ok('rev-parse', 'HEAD');
    const line = `${'0'.repeat(
      40,
    )} ${sha} refs/heads/main\0report-status side-band-64k`;
    const head = `${(line.length + 4)
      .toString(16)
      .padStart(4, '0')}${line}0000`;
    const request = httpRequest(
      `${host.url}/team-payments/${name}.git/git-receive-pack`,
      {
        method: 'POST',
        headers: {
          authorization: basic(SERVICE.username, SERVICE.password),
          'content-type': 'application/x-git-receive-pack-request',
          'transfer-encoding': 'chunked',
        },
      },
    );
    let answer = '';
    request.on('response', response =>
      response.on('data', chunk => (answer += chunk)).on('error', () => {}),
    );
    const ended = new Promise<void>(resolve => {
      request.on('error', () => resolve());
      request.on('close', () => resolve());
    });
    request.write(head);
    // One object of type blob that claims 5 GB, in stored deflate blocks of 65,535 bytes.
    request.write(Buffer.from('PACK\0\0\0\x02\0\0\0\x01', 'latin1'));
    request.write(
      Buffer.from([0xb0, 0x80, 0x80, 0x80, 0xc0, 0x09, 0x78, 0x01]),
    );
    const block = Buffer.alloc(65_540);
    block.set([0x00, 0xff, 0xff, 0x00, 0x00]);
    const timer = setInterval(() => request.write(block), 1);
    await ended;
    clearInterval(timer);
    expect(answer).toContain('maximum allowed size');
    await checkWhole();
  });

  it('refuses what would make the repository too large, and says so', async () => {
    for (const file of ['one', 'two', 'three']) {
      await commit(file, randomBytes(1_500_000));
      await client.run('push', remote, 'main');
    }
    await commit('four', randomBytes(1_500_000));
    const { code, stderr } = await client.run('push', remote, 'main');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/limit of 4 MiB|exceeds maximum allowed size/);
    await checkWhole();
  });

  it('refuses to rewrite or delete the default branch, and allows both for others', async () => {
    await commit('a', 'a');
    await commit('b', 'b');
    await client.ok('push', remote, 'main', 'main:side');
    await client.ok('reset', '--quiet', '--hard', 'HEAD~1');
    const rewritten = await commit('c', 'c');
    const forced = await client.run('push', '--force', remote, 'main');
    expect(forced.code).not.toBe(0);
    expect(forced.stderr).toContain('denying non-fast-forward refs/heads/main');
    const deleted = await client.run('push', '--delete', remote, 'main');
    expect(deleted.code).not.toBe(0);
    expect(deleted.stderr).toContain(
      'main is the default branch and cannot be deleted',
    );
    await client.ok('push', '--force', remote, 'main:side');
    await host.waitForEvents(3);
    expect(host.events.at(-1)).toMatchObject({
      ref: 'refs/heads/side',
      after: rewritten,
    });
    await client.ok('push', '--delete', remote, 'side');
    await host.waitForEvents(4);
    expect(host.events.at(-1)).toMatchObject({
      ref: 'refs/heads/side',
      before: rewritten,
      after: '0'.repeat(40),
    });
  });

  it('refuses refs that are neither branches nor tags', async () => {
    await commit('a', 'a');
    const { code, stderr } = await client.run(
      'push',
      remote,
      'main:refs/meta/config',
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('only branches and tags can be pushed');
  });

  it('refuses objects that would escape a checkout', async () => {
    const blob = await commit('a', 'a').then(() =>
      client.ok('rev-parse', 'HEAD:a'),
    );
    const tree = await new Promise<string>((resolve, reject) => {
      const child = client.start('mktree');
      let output = '';
      child.stdout?.on('data', chunk => (output += chunk));
      child.on('close', code =>
        code === 0 ? resolve(output.trim()) : reject(new Error('mktree')),
      );
      child.stdin?.end(`100644 blob ${blob}\t..\n`);
    });
    const evil = await client.ok('commit-tree', tree, '-m', 'evil');
    const { code, stderr } = await client.run(
      'push',
      remote,
      `${evil}:refs/heads/main`,
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain("contains '..'");
    expect(host.events).toEqual([]);
  });

  it('takes pushes to different branches at the same time and names who pushed', async () => {
    await commit('a', 'a');
    const pat = host.remote(
      `team-payments/${name}`,
      await host.token('user:default/pat'),
    );
    const branches = Array.from({ length: 8 }, (_, index) => `b${index}`);
    await Promise.all(
      branches.map((branch, index) =>
        client.ok('push', index % 2 ? pat : remote, `main:${branch}`),
      ),
    );
    await host.waitForEvents(8);
    expect(
      host.events.map(({ branch, pusher }) => `${branch} ${pusher}`).sort(),
    ).toEqual(
      branches.map(
        (branch, index) =>
          `${branch} user:default/${index % 2 ? 'pat' : 'dev'}`,
      ),
    );
    await checkWhole();
  });

  it('lets one of two pushes to the same branch win', async () => {
    await commit('a', 'a');
    await client.ok('push', remote, 'main');
    const rival = await createGitClient();
    await rival.ok('pull', '--quiet', remote, 'main');
    await writeFile(join(rival.folder, 'rival'), 'rival');
    await rival.ok('add', '.');
    await rival.ok('commit', '--quiet', '-m', 'rival');
    await commit('mine', 'mine');
    const results = await Promise.all([
      client.run('push', remote, 'main'),
      rival.run('push', remote, 'HEAD:main'),
    ]);
    expect(results.map(({ code }) => code === 0).sort()).toEqual([false, true]);
    await host.waitForEvents(2);
    await rival.remove();
    await checkWhole();
  });

  it('stays whole when the client is killed in the middle', async () => {
    await commit('a', 'a');
    await client.ok('push', remote, 'main');
    await commit('half', randomBytes(1_800_000));
    const child = client.start('push', remote, 'main');
    await new Promise(resolve => setTimeout(resolve, 60));
    child.kill('SIGKILL');
    await new Promise(resolve => child.once('close', resolve));
    await waitFor(async () =>
      (
        await readdir(join(gitDir(), 'objects'))
      ).every(entry => !entry.includes('incoming')),
    );
    await checkWhole();
    await client.ok('push', remote, 'main');
    await host.waitForEvents(2);
    expect(host.events[1].pusher).toBe('user:default/dev');
  });

  it('announces a push whose client hung up before the answer', async () => {
    const sha = await commit('a', 'a');
    const pack = await new Promise<Buffer>((resolve, reject) => {
      const child = client.start('pack-objects', '--revs', '--stdout', '-q');
      const chunks: Buffer[] = [];
      child.stdout?.on('data', chunk => chunks.push(chunk));
      child.on('close', code =>
        code === 0 ? resolve(Buffer.concat(chunks)) : reject(new Error('pack')),
      );
      child.stdin?.end(`${sha}\n`);
    });
    const line = `${'0'.repeat(40)} ${sha} refs/heads/main\0report-status`;
    const abort = new AbortController();
    const request = fetch(
      `${host.url}/team-payments/${name}.git/git-receive-pack`,
      {
        method: 'POST',
        signal: abort.signal,
        headers: {
          authorization: basic(SERVICE.username, SERVICE.password),
          'content-type': 'application/x-git-receive-pack-request',
        },
        body: Buffer.concat([
          Buffer.from(
            `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`,
          ),
          pack,
        ]),
      },
    ).catch(() => {});
    await new Promise(resolve => setTimeout(resolve, 15));
    abort.abort();
    await request;
    await host.waitForEvents(1);
    expect(host.events[0]).toMatchObject({ after: sha, pusher: undefined });
  });

  it('makes the first branch the default when main is never pushed', async () => {
    await commit('a', 'a');
    await client.ok('push', remote, 'main:trunk');
    await host.waitForEvents(1);
    expect(host.events[0].defaultBranch).toBe('trunk');
    const response = await host.service(`/api/v1/repos/team-payments/${name}`);
    expect(await response.json()).toMatchObject({
      default_branch: 'trunk',
      empty: false,
    });
  });

  it('runs no hook, whatever lies in the repository', async () => {
    const marker = join(host.directory, 'ran');
    const hook = join(gitDir(), 'hooks', 'post-receive');
    await promisify(execFile)('mkdir', ['-p', join(gitDir(), 'hooks')]);
    await writeFile(hook, `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 });
    await commit('a', 'a');
    await client.ok('push', remote, 'main');
    await expect(stat(marker)).rejects.toThrow('ENOENT');
  });
});
