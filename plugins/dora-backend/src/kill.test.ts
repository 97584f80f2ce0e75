import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deployment } from './__testUtils__/startDora';

jest.setTimeout(300_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const EVENTS = 10_000;
const PER_REQUEST = 50;
const KILLS = 10;

/** The plugin in a process of its own. */
class KillableBackend {
  #child: ChildProcess | undefined;

  constructor(
    private readonly port: number,
    private readonly connection: {
      host: string;
      port: number;
      user: string;
      password?: string;
      database: string;
    },
  ) {}

  async start(): Promise<void> {
    const { host, port, user, password = '', database } = this.connection;
    const account = `${user}:${encodeURIComponent(password)}`;
    this.#child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, '__testUtils__', 'backendProcess.ts'),
      ],
      {
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          PORT: String(this.port),
          DATABASE_URL: `postgres://${account}@${host}:${port}/${database}`,
          SERVICES: '10',
        },
        stdio: 'ignore',
      },
    );
    for (;;) {
      const answer = await fetch(
        `http://127.0.0.1:${this.port}/api/dora/v1/sources`,
      ).catch(() => undefined);
      if (answer && answer.status !== 503) return;
      await pause(50);
    }
  }

  async kill(): Promise<void> {
    const gone = once(this.#child!, 'exit');
    this.#child!.kill('SIGKILL');
    await gone;
  }
}

describe.each(databases.eachSupportedId())('a killed backend on %s', id => {
  it('counts every event once, killed ten times while 10,000 are posted', async () => {
    const knex = await databases.init(id);
    const { connection } = knex.client.config;
    const port = await freePort();
    const backend = new KillableBackend(port, connection);
    await backend.start();

    let acknowledged = 0;
    const poster = async (client: number) => {
      for (let at = client * PER_REQUEST; at < EVENTS; at += 4 * PER_REQUEST) {
        await postUntilTaken(port, eventsFrom(at));
        acknowledged += PER_REQUEST;
      }
    };
    const killer = async () => {
      for (let kill = 1; kill <= KILLS; kill++) {
        while (acknowledged < (EVENTS / (KILLS + 1)) * kill) await pause(5);
        await pause(Math.random() * 200);
        await backend.kill();
        await backend.start();
      }
    };
    await Promise.all([killer(), ...[0, 1, 2, 3].map(poster)]);
    await expectEachOnce();
    await backend.kill();

    async function expectEachOnce() {
      const dora = (table: string) => knex.withSchema('dora').table(table);
      for (;;) {
        const waiting = await dora('events').where('state', 'pending').first();
        if (!waiting) break;
        await pause(100);
      }
      const [events] = await dora('events').where('state', 'processed').count();
      expect(Number(events.count)).toBe(EVENTS);
      const [rows] = await dora('deployments').count();
      expect(Number(rows.count)).toBe(EVENTS);
      const [changes] = await dora('changes').count();
      expect(Number(changes.count)).toBe(EVENTS);
      const metrics = await fetch(
        `http://127.0.0.1:${port}/api/dora/v1/metrics?from=2026-01-01T00:00:00Z&to=2026-04-01T00:00:00Z`,
        { headers: { authorization: mockCredentials.service.header() } },
      );
      expect(await metrics.json()).toMatchObject({
        deploymentFrequency: { deployments: EVENTS },
        changeLeadTime: { samples: EVENTS, medianSeconds: 3600 },
      });
    }
  });
});

/** Each a minute after the one before, with a commit of an hour before. */
function eventsFrom(first: number) {
  return Array.from({ length: PER_REQUEST }, (_, offset) => {
    const index = first + offset;
    const finished = Date.parse('2026-01-01T00:00:00Z') + index * 60_000;
    return deployment({
      id: `run-${index}`,
      service: `service-${index % 10}`,
      revision: `sha${index}`,
      finishedAt: new Date(finished).toISOString(),
      changes: [
        {
          sha: `sha${index}`,
          committedAt: new Date(finished - 3_600_000).toISOString(),
        },
      ],
    });
  });
}

/** Sends again what was not acknowledged, as a client has to. */
async function postUntilTaken(port: number, events: object[]): Promise<void> {
  for (;;) {
    try {
      const { status } = await fetch(
        `http://127.0.0.1:${port}/api/dora/v1/deployments`,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: mockCredentials.service.header(),
          },
          body: JSON.stringify(events),
        },
      );
      if (status === 202) return;
    } catch {
      // killed; tried again below
    }
    await pause(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
