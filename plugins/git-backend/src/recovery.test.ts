import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createGitClient } from './__testUtils__/gitClient';
import { SERVICE, startGitHost } from './__testUtils__/startGitHost';

jest.setTimeout(60_000);

describe('a restart', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3'],
    disableDocker: true,
  });
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waymark-git-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('announces what was pushed and not announced, clears locks, and keeps repositories', async () => {
    const knex = await databases.init('SQLITE_3');
    const database = mockServices.database.factory({ knex });
    const first = await startGitHost({ directory, database });
    await first.createRepository('team-payments', 'survivor');
    await first.createRepository('team-payments', 'lost');
    const client = await createGitClient();
    await writeFile(join(client.folder, 'a'), 'a');
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', 'a');
    const remote = (host: typeof first) =>
      host
        .remote('team-payments/survivor', SERVICE.password)
        .replace('someone', SERVICE.username);
    await client.ok('push', remote(first), 'main');
    await first.waitForEvents(1);
    await first.stop();

    // What a kill in the middle leaves: a moved ref nobody heard of, a lock that nobody holds, a folder that is gone.
    const gitDir = join(
      directory,
      'repositories',
      'team-payments',
      'survivor.git',
    );
    const sha = await client.ok('rev-parse', 'HEAD');
    const git = promisify(execFile);
    await git('git', ['-C', gitDir, 'update-ref', 'refs/heads/late', sha]);
    const lock = join(gitDir, 'refs', 'heads', 'main.lock');
    await writeFile(lock, '');
    await git('touch', ['-d', '10 minutes ago', lock]);
    await rm(join(directory, 'repositories', 'team-payments', 'lost.git'), {
      recursive: true,
    });

    const second = await startGitHost({ directory, database });
    await second.waitForEvents(1);
    expect(second.events[0]).toMatchObject({
      repo: 'survivor',
      branch: 'late',
      after: sha,
      pusher: undefined,
    });
    await writeFile(join(client.folder, 'b'), 'b');
    await client.ok('add', '.');
    await client.ok('commit', '--quiet', '-m', 'b');
    await client.ok('push', remote(second), 'main');
    await second.waitForEvents(2);
    const lost = await second.service('/api/v1/repos/team-payments/lost');
    expect(await lost.json()).toMatchObject({ empty: true });
    await second.stop();
    await client.remove();
  });
});
