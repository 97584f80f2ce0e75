import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import doraPlugin from '@waymark/plugin-dora-backend';
import gitPlugin from '@waymark/plugin-git-backend';
import type { Knex } from 'knex';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});
const ACCOUNT = { username: 'portal', password: 'portal-password' };
const BASIC = `basic ${Buffer.from(
  `${ACCOUNT.username}:${ACCOUNT.password}`,
).toString('base64')}`;

/** The base URL has to be known before the test backend chooses its port. */
async function openFront() {
  let target = 0;
  const sockets = new Set<Socket>();
  const front = createServer(client => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      from.on('error', () => to.destroy()).pipe(to);
    }
  });
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve));
  return {
    port: (front.address() as AddressInfo).port,
    forwardTo(port: number) {
      target = port;
    },
    close() {
      sockets.forEach(socket => socket.destroy());
      front.close();
    },
  };
}

function entities(gitUrl: string): Entity[] {
  const source = `url:${gitUrl}/team-payments/shop/src/branch/main/`;
  const component = (name: string, annotations: Record<string, string>) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'backstage.io/source-location': source, ...annotations },
    },
    spec: {},
  });
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'team-payments' },
      spec: { type: 'team', children: [] },
    },
    component('shop', {}),
    component('cart', { 'dora/source-path': 'services/cart/**' }),
  ];
}

async function start(database: Knex, gitDatabase: Knex) {
  const front = await openFront();
  const baseUrl = `http://localhost:${front.port}`;
  const directory = mkdtempSync(join(tmpdir(), 'dora-git-'));
  const backend = await startTestBackend({
    features: [
      doraPlugin,
      gitPlugin,
      catalogServiceMock.factory({ entities: entities(`${baseUrl}/api/git`) }),
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        factory: ({ plugin }) =>
          mockServices.database({
            knex: plugin.getId() === 'dora' ? database : gitDatabase,
          }),
      }),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl },
          backend: { baseUrl },
          git: { directory, serviceAccount: ACCOUNT },
          integrations: {
            gitea: [
              {
                host: `localhost:${front.port}`,
                baseUrl: `${baseUrl}/api/git`,
                ...ACCOUNT,
              },
            ],
          },
        },
      }),
    ],
  });
  front.forwardTo(backend.server.port());
  return {
    baseUrl,
    async stop() {
      front.close();
      await backend.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

describe.each(databases.eachSupportedId())(
  'DORA with the embedded Git host on %s',
  id => {
    let app: Awaited<ReturnType<typeof start>>;
    let database: Knex;
    let folder: string;

    /** Never synchronous: the host that it pushes to runs in this process. */
    function run(args: string[], input = '') {
      return new Promise<string>((resolve, reject) => {
        const env = {
          ...process.env,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_NOSYSTEM: '1',
        };
        const child = execFile(
          'git',
          args,
          { cwd: folder, env, timeout: 60_000 },
          (error, stdout) => (error ? reject(error) : resolve(stdout.trim())),
        );
        if (input) child.stdin?.end(input);
      });
    }
    const git = (...args: string[]) => run(args);

    beforeAll(async () => {
      database = await databases.init(id);
      app = await start(database, await databases.init(id));
      folder = mkdtempSync(join(tmpdir(), 'dora-clone-'));
      await git('init', '--quiet', '--initial-branch=main');
      const made = await fetch(
        `${app.baseUrl}/api/git/api/v1/orgs/team-payments/repos`,
        {
          method: 'POST',
          headers: { authorization: BASIC, 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'shop' }),
        },
      );
      if (made.status !== 201) throw new Error(await made.text());
    });
    afterAll(async () => {
      await app?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Real commits, by `git fast-import`, a minute apart; pushes and returns the last one. */
    async function push(count: number, path: (index: number) => string) {
      const before = Number(await git('rev-list', '--count', '--all'));
      const lines = Array.from({ length: count }, (_, index) => {
        const number = before + index;
        const at = Date.UTC(2026, 0, 1) / 1000 + number * 60;
        const message = `Change ${number} (#${number + 1})`;
        const first = index === 0 && before > 0;
        return [
          'commit refs/heads/main',
          `author Devon Reyes <dev@example.com> ${at - 9_999} +0000`,
          `committer Priya Nair <priya@example.com> ${at} +0000`,
          `data ${message.length}`,
          message,
          ...(first ? ['from refs/heads/main^0'] : []),
          `M 100644 inline ${path(number)}`,
          `data ${String(number).length}`,
          String(number),
          '',
        ].join('\n');
      });
      await run(['fast-import', '--quiet'], lines.join('\n'));
      const remote = app.baseUrl.replace(
        '//',
        `//${ACCOUNT.username}:${ACCOUNT.password}@`,
      );
      await git(
        'push',
        '-q',
        `${remote}/api/git/team-payments/shop.git`,
        'main',
      );
      return git('rev-parse', 'main');
    }

    async function deploy(service: string, number: number, revision: string) {
      const response = await fetch(`${app.baseUrl}/api/dora/v1/deployments`, {
        method: 'POST',
        headers: {
          authorization: mockCredentials.service.header(),
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          id: `${service}-${number}`,
          source: 'test',
          service,
          environment: 'production',
          status: 'success',
          revision,
          finishedAt: new Date(Date.UTC(2026, 1, number)).toISOString(),
        }),
      });
      expect(response.status).toBe(202);
    }

    async function settled(externalId: string) {
      for (let tries = 0; tries < 400; tries += 1) {
        const row = await database('deployments')
          .where({ external_id: externalId })
          .first();
        if (['fetched', 'unavailable'].includes(row?.changes_state)) {
          const changes = await database('changes')
            .where({ deployment_id: row.id })
            .orderBy('committed_at');
          return { row, changes };
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      throw new Error(`The changes of ${externalId} did not come`);
    }

    it('finds what each deployment changed, however many commits, and what only a part of the repository changed', async () => {
      const paths = (index: number) =>
        index % 4 === 0 ? `services/cart/${index}.ts` : `services/web/${index}`;
      const first = await push(1, paths);
      const second = await push(2_300, paths);
      const third = await push(3, () => 'README.md');
      for (const service of ['shop', 'cart']) {
        await deploy(service, 1, first);
        await deploy(service, 2, second);
        await deploy(service, 3, third);
      }

      const { changes } = await settled('shop-2');
      expect(changes).toHaveLength(2_300);
      expect(changes[0]).toMatchObject({
        title: 'Change 1 (#2)',
        pull_request: 2,
        author: 'Devon Reyes',
        parents: [first],
        committed_at: new Date('2026-01-01T00:01:00Z'),
        url: expect.stringContaining('/team-payments/shop/commit/'),
      });
      expect(changes.at(-1)).toMatchObject({ sha: second });
      expect((await settled('shop-3')).changes).toHaveLength(3);
      expect((await settled('cart-2')).changes).toHaveLength(575);
      expect((await settled('cart-3')).changes).toHaveLength(0);

      const answer = await fetch(
        `${app.baseUrl}/api/dora/v1/metrics?service=shop&from=2026-02-02T00:00:00Z&to=2026-02-04T00:00:00Z`,
        { headers: { authorization: mockCredentials.user.header() } },
      );
      expect(await answer.json()).toMatchObject({
        changeLeadTime: { samples: 2_303 },
        findings: [{ code: 'incident-source-missing' }],
      });
    });

    it('tells an older revision from a newer one, and says which one the host does not know', async () => {
      const newer = await push(2, index => `services/web/${index}`);
      await deploy('cart', 4, newer);
      expect((await settled('cart-4')).changes).toHaveLength(0);
      // Was never live, and the service's own changes do not tell its age.
      await deploy('cart', 5, await git('rev-parse', 'main~1'));
      expect((await settled('cart-5')).row).toMatchObject({
        changes_state: 'fetched',
        ancestor_of: [newer],
      });

      await deploy('shop', 6, 'f'.repeat(40));
      const { row } = await settled('shop-6');
      expect(row).toMatchObject({
        changes_state: 'unavailable',
        changes_reason: expect.stringContaining(
          'does not know the revision fffffff in team-payments/shop',
        ),
      });
    });
  },
);
