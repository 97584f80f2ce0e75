import { type ClientRequest, request as httpRequest } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createGitClient, type GitClient } from './__testUtils__/gitClient';
import {
  basic,
  startGitHost,
  type TestHost,
} from './__testUtils__/startGitHost';

jest.setTimeout(120_000);

describe('clients that stop in the middle of a push', () => {
  const logged: string[] = [];
  let host: TestHost;
  let client: GitClient;
  let sha: string;
  let devToken: string;
  let remotes: Record<'dev' | 'pat', string>;
  const open: ClientRequest[] = [];

  beforeAll(async () => {
    const log = (message: string) => void logged.push(message);
    const logger = mockServices.rootLogger.mock({
      error: log,
      warn: log,
      child: () => logger,
    });
    host = await startGitHost({ features: [logger.factory] });
    await host.createRepository('team-payments', 'slow');
    devToken = await host.token('user:default/dev');
    const remote = (token: string) => host.remote('team-payments/slow', token);
    remotes = {
      dev: remote(devToken),
      pat: remote(await host.token('user:default/pat')),
    };
    client = await createGitClient();
    await writeFile(join(client.folder, 'a.txt'), 'a');
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', 'a');
    sha = await client.ok('rev-parse', 'HEAD');
  });
  afterEach(async () => {
    open.splice(0).forEach(request => request.destroy());
  });
  afterAll(async () => {
    await client.remove();
    await host.stop();
  });

  /** Begins a push as dev, sends this much of it and nothing more. */
  function begin(sent: string) {
    const request = httpRequest(
      `${host.url}/team-payments/slow.git/git-receive-pack`,
      {
        method: 'POST',
        headers: {
          authorization: basic('dev', devToken),
          'content-type': 'application/x-git-receive-pack-request',
          'content-length': 1_000_000,
        },
      },
    );
    open.push(request);
    const answer = new Promise<string>(resolve => {
      request.on('error', () => resolve('cut off'));
      request.on('response', response => {
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('close', () => resolve(`${response.statusCode} ${text}`));
      });
    });
    request.flushHeaders();
    request.write(sent);
    return { request, answer };
  }

  const head = (branch: string) => {
    const line = `${'0'.repeat(40)} ${sha} refs/heads/${branch}\0report-status`;
    return `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`;
  };

  it('hold nobody up, and hear of it after ten seconds', async () => {
    const stalled = Array.from({ length: 6 }, () => begin(''));
    await new Promise(resolve => setTimeout(resolve, 200));
    const started = Date.now();
    await client.ok('push', remotes.pat, 'main:one');
    await client.ok('push', remotes.dev, 'main:two');
    expect(Date.now() - started).toBeLessThan(8_000);
    for (const { answer } of stalled) {
      expect(await answer).toBe(
        '408 Nothing of a push came within 10 seconds; push again\n',
      );
    }
    expect(logged).toEqual([]);
  });

  it('leave places for others when they stop after the first line', async () => {
    for (let count = 0; count < 6; count += 1) {
      begin(head(`stalled-${count}`));
    }
    await new Promise(resolve => setTimeout(resolve, 500));
    const { code } = await client.run('push', remotes.pat, 'main:three');
    expect(code).toBe(0);
  });

  it('are not logged as failures when they hang up', async () => {
    const begun = Array.from({ length: 4 }, (_, index) =>
      begin(head(`gone-${index}`)),
    );
    // Two have a place and two wait for one.
    await new Promise(resolve => setTimeout(resolve, 500));
    begun.reverse().forEach(({ request }) => request.destroy());
    await new Promise(resolve => setTimeout(resolve, 500));
    await client.ok('push', remotes.dev, 'main:four');
    expect(logged).toEqual([]);
  });

  it('hear that a push with more than 1,000 branches is too large', async () => {
    const child = client.start('update-ref', '--stdin');
    const closed = new Promise(resolve => child.once('close', resolve));
    child.stdin?.end(
      Array.from(
        { length: 1_100 },
        (_, index) => `create refs/heads/many/b${index} ${sha}\n`,
      ).join(''),
    );
    await closed;
    const { code, stderr } = await client.run(
      'push',
      remotes.dev,
      'refs/heads/many/*:refs/heads/many/*',
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('one push changes at most 1000 branches and tags');
    expect(await client.ok('ls-remote', remotes.dev)).not.toContain('many');
  });
});
