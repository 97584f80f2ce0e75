import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpCluster } from '@waymark/plugin-platform-node';
import { cacheDirectory } from '../../bootstrap/paths';
import { readRecords } from '../../bootstrap/processes';
import { clusterConfig } from './clusterConfig';
import { apiUrl, readIdentity, type ClusterIdentity } from './identity';
import { builtBinaries } from './paths';
import { startCluster, type ClusterProgress } from './startCluster';

jest.setTimeout(180_000);

/** It is not built for a test: that takes minutes. `./portal test` asks for a cluster first, and so builds it. */
const describeWhen =
  process.platform === 'linux' && existsSync(builtBinaries(cacheDirectory()))
    ? describe
    : describe.skip;

describeWhen('startCluster (where a control plane is built already)', () => {
  let home: string;
  let controller: AbortController;
  let progress: ClusterProgress[];
  let stop: () => Promise<void>;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  });

  beforeEach(() => {
    controller = new AbortController();
    progress = [];
    stop = async () => undefined;
  });

  afterEach(async () => {
    controller.abort();
    await stop();
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  async function start() {
    const running = await startCluster({
      home,
      cacheDir: cacheDirectory(),
      signal: controller.signal,
      log: () => undefined,
      report: each => progress.push(each),
    });
    stop = async () => running?.stop();
    expect(progress.at(-1)).toMatchObject({ state: 'ready' });
  }

  const latest = () => progress.at(-1)?.state;

  async function admin() {
    const identity = await identityOf(home);
    return new HttpCluster({
      endpoint: {
        name: 'local',
        url: apiUrl(identity),
        ca: identity.authority.certificate,
      },
      token: identity.tokens.admin,
    });
  }

  it('listens on loopback only, and goes on with its data after a crash and a stop', async () => {
    const before = await clusterConfig(home);
    await start();
    const processes = new Map(
      readRecords(home).map(({ record }) => [record.name, record.pid]),
    );
    expect([...processes.keys()].sort()).toEqual([
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kubemark',
    ]);
    const { port } = await identityOf(home);
    expect([...processes.values()].flatMap(listeningOn)).toEqual([
      `127.0.0.1:${port}`,
    ]);

    const cluster = await admin();
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kept' },
    };
    await cluster.apply([namespace]);
    const ref = { apiVersion: 'v1', kind: 'Namespace', name: 'kept' };

    for (const name of ['kube-apiserver', 'etcd', 'kubemark']) {
      process.kill(processes.get(name) ?? 0, 'SIGKILL');
      await until(() => latest() === 'starting');
      await until(() => latest() === 'ready');
    }
    await expect(cluster.get(ref)).resolves.toBeDefined();

    await stop();
    expect(readRecords(home)).toEqual([]);
    progress = [];
    // The portal may be told of the cluster before it is up, and need not be told anew.
    expect(await clusterConfig(home)).toEqual(before);
    await start();
    await expect(cluster.get(ref)).resolves.toBeDefined();
  });

  it('stops what it had started when it is cancelled half-way', async () => {
    const starting = startCluster({
      home,
      cacheDir: cacheDirectory(),
      signal: controller.signal,
      log: () => undefined,
      report: each => progress.push(each),
    });
    await until(() => readRecords(home).length > 0);
    controller.abort();
    await expect(starting).resolves.toBeUndefined();
    expect(readRecords(home)).toEqual([]);
    expect(latest()).toBe('starting');
  });
});

async function identityOf(home: string): Promise<ClusterIdentity> {
  const identity = await readIdentity(home);
  if (!identity) {
    throw new Error('The cluster has no identity');
  }
  return identity;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error('It did not come to that within a minute');
    }
    await sleep(50);
  }
}

/** The TCP addresses that a process listens on, of proc(5) `/proc/net/tcp`. */
function listeningOn(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map(fd => linkOf(`/proc/${pid}/fd/${fd}`)),
  );
  return ['tcp', 'tcp6'].flatMap(table =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/))
      .filter(
        fields => fields[3] === '0A' && sockets.has(`socket:[${fields[9]}]`),
      )
      .map(fields => address(fields[1])),
  );
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** `0100007F:1F90` is 127.0.0.1:8080: four bytes, the last first. */
function address(field: string): string {
  const [host, port] = field.split(':');
  const bytes = host.match(/../g) ?? [];
  return `${bytes
    .reverse()
    .map(byte => parseInt(byte, 16))
    .join('.')}:${parseInt(port, 16)}`;
}
