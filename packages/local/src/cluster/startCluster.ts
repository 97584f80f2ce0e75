import { HttpCluster } from '@waymark/plugin-platform-node';
import { isPortFree } from '../processes/freePort';
import { buildBinaries } from './buildBinaries';
import { configuredCluster } from './configuredCluster';
import { findBinaries, type Binaries } from './findBinaries';
import {
  apiUrl,
  prepareIdentity,
  readIdentity,
  type ClusterIdentity,
} from './identity';
import { createNodeScratch, removeNodeScratch } from './nodeScratch';
import { controlPlane, type Part } from './parts';
import { RestartingPart } from './RestartingPart';
import { setUpCluster } from './setUpCluster';
import { apiReady, etcdReady, nodeReady } from './waitFor';
import { writeClusterFiles } from './writeClusterFiles';

/** How far the local cluster is. @internal */
export interface ClusterProgress {
  readonly state: 'absent' | 'building' | 'starting' | 'ready' | 'error';
  /** A sentence for people. */
  readonly message: string;
}

/** What {@link startCluster} takes. @internal */
export interface StartClusterOptions {
  readonly home: string;
  readonly cacheDir: string;
  readonly report: (progress: ClusterProgress) => void;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** A running local cluster. @internal */
export interface RunningCluster {
  stop(): Promise<void>;
}

/**
 * Builds the local cluster where that is still to be done, starts it on the data of the last start, and
 * settles when pods can run in it. For a data folder that nobody else uses meanwhile.
 *
 * Never rejects: what went wrong is reported. Undefined where nothing runs, since a cluster is configured, this
 * machine cannot build one, or the signal was given; what had been started is stopped then.
 * @internal
 */
export async function startCluster(
  options: StartClusterOptions,
): Promise<RunningCluster | undefined> {
  const { report, signal } = options;
  const parts: RestartingPart[] = [];
  const stop = async () => {
    // In the reverse order, each after the one that depends on it, so that nothing is said about a lost server.
    for (const part of parts.splice(0).reverse()) {
      await part.stop();
    }
    await removeNodeScratch(options.home);
  };
  try {
    const configured = await configuredCluster();
    if (configured) {
      report({
        state: 'absent',
        message: `The configured cluster is used: ${configured.join(', ')}.`,
      });
      return undefined;
    }
    const binaries = await ensureBinaries(options);
    if (!binaries || signal.aborted) {
      return undefined;
    }
    await bringUp(options, binaries, parts);
    return { stop };
  } catch (error) {
    await stop();
    if (!signal.aborted) {
      report({ state: 'error', message: sentence(error) });
    }
    return undefined;
  }
}

async function ensureBinaries(
  options: StartClusterOptions,
): Promise<Binaries | undefined> {
  const { home, cacheDir: cacheDirectory, report, signal } = options;
  const found = await findBinaries({ cacheDirectory });
  if (found || signal.aborted) {
    return found;
  }
  let last = '';
  const reportOnce = (message: string) => {
    if (message !== last) {
      report({ state: 'building', message });
    }
    last = message;
  };
  reportOnce(
    'Building the local cluster; this happens once a machine and takes about 5 minutes',
  );
  await buildBinaries({ home, cacheDirectory, report: reportOnce, signal });
  return findBinaries({ cacheDirectory });
}

async function bringUp(
  { home, report, signal, log }: StartClusterOptions,
  binaries: Binaries,
  parts: RestartingPart[],
): Promise<void> {
  const identity = await usableIdentity(home);
  report({ state: 'starting', message: 'Starting the local cluster' });
  await writeClusterFiles(home, identity);
  const plane = controlPlane(home, binaries, identity);
  const cluster = adminCluster(identity);
  const ready = () =>
    report({
      state: 'ready',
      message: `Kubernetes ${binaries.version} on this machine; containers are not started`,
    });
  const start = async (part: Part, env?: NodeJS.ProcessEnv) => {
    signal.throwIfAborted();
    const onCrash = (message: string) => {
      log(message);
      report({ state: 'starting', message });
    };
    const onRestart = () => {
      const since = part === plane.node ? new Date() : undefined;
      void nodeReady(cluster, signal, since).then(ready, () => undefined);
    };
    const options = { home, env, onCrash, onRestart };
    parts.push(await RestartingPart.start(part, options));
  };
  await start(plane.etcd);
  await etcdReady(home, signal);
  await start(plane.apiServer);
  await apiReady(home, cluster, signal);
  await setUpCluster(cluster, { log, signal });
  await start(plane.controllerManager);
  await start(plane.scheduler);
  const scratch = await createNodeScratch(home);
  const nodeStart = new Date();
  await start(plane.node, {
    PATH: process.env.PATH,
    HOME: scratch,
    TMPDIR: scratch,
  });
  await nodeReady(cluster, signal, nodeStart);
  ready();
}

/** The identity that the portal was told of; where nobody asked for one yet, a new one. */
async function usableIdentity(home: string): Promise<ClusterIdentity> {
  const identity = (await readIdentity(home)) ?? (await prepareIdentity(home));
  if (!(await isPortFree(identity.port))) {
    throw new Error(
      `Port ${identity.port}, chosen for the local cluster, has been taken by another program. Stop the portal and start it again: it then chooses another one.`,
    );
  }
  return identity;
}

function adminCluster(identity: ClusterIdentity): HttpCluster {
  return new HttpCluster({
    endpoint: {
      name: 'local',
      url: apiUrl(identity),
      ca: identity.authority.certificate,
      whenUnreachable: async () => 'Start the portal again, or see the logs.',
    },
    token: identity.tokens.admin,
    local: true,
    systemNamespaces: true,
  });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
