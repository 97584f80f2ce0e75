import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { promisify } from 'node:util';
import { isError } from '@backstage/errors';
import type {
  ClusterState,
  PlatformStatus,
} from '@waymark/plugin-platform-common';
import type {
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import type { PlatformConfig } from '../config';

const exec = promisify(execFile);

/** How long an answer about a part of the platform holds. */
const FRESH_MS = 5_000;
const TIMEOUT_MS = 3_000;
/** Asking mkdocs for its version takes a second of processor time. */
const DOCS_FRESH_MS = 60_000;

const STATES: readonly ClusterState[] = [
  'absent',
  'starting',
  'building',
  'ready',
  'error',
];

/** Says how the platform is doing. @internal */
export class StatusService {
  readonly #clusters: ClusterService;
  readonly #git: GitProvider;
  readonly #config: PlatformConfig;
  #last?: { at: number; status: Promise<PlatformStatus> };
  #lastDocs?: { at: number; docs: Promise<PlatformStatus['docs']> };

  constructor(options: {
    clusters: ClusterService;
    git: GitProvider;
    config: PlatformConfig;
  }) {
    this.#clusters = options.clusters;
    this.#git = options.git;
    this.#config = options.config;
  }

  async status(): Promise<PlatformStatus> {
    if (!this.#last || Date.now() - this.#last.at > FRESH_MS) {
      this.#last = { at: Date.now(), status: this.#look() };
    }
    return this.#last.status;
  }

  async #look(): Promise<PlatformStatus> {
    if (!this.#lastDocs || Date.now() - this.#lastDocs.at > DOCS_FRESH_MS) {
      this.#lastDocs = { at: Date.now(), docs: this.#docs() };
    }
    const [cluster, gitProvider, docs] = await Promise.all([
      this.#cluster(),
      this.#gitProvider(),
      this.#lastDocs.docs,
    ]);
    return { cluster, gitProvider, docs };
  }

  async #cluster(): Promise<PlatformStatus['cluster']> {
    const [cluster] = this.#clusters.list();
    // Where another cluster is configured, what local mode says of its own is beside the point.
    const local =
      !cluster || cluster.local ? await this.#localCluster() : undefined;
    if (local && local.state !== 'ready') {
      return local;
    }
    if (!cluster) {
      return {
        state: 'absent',
        local: false,
        message:
          'No cluster is configured: set platform.clusters and kubernetes.',
      };
    }
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { gitVersion } = await cluster.version({ signal });
      return {
        state: 'ready',
        local: cluster.local,
        name: cluster.name,
        since: local?.since,
        message: cluster.local
          ? `Kubernetes ${gitVersion} on this machine. Containers are not started.`
          : `Kubernetes ${gitVersion}.`,
      };
    } catch (error) {
      return {
        state: 'error',
        local: cluster.local,
        name: cluster.name,
        message: sentence(error, `The cluster "${cluster.name}"`),
      };
    }
  }

  /** What local mode writes while it builds and starts its cluster. */
  async #localCluster(): Promise<PlatformStatus['cluster'] | undefined> {
    const given = await readStatusFile(this.#config.clusterStatusFile);
    return (
      given && {
        ...given,
        state: STATES.find(state => state === given.state) ?? 'error',
        local: true,
      }
    );
  }

  async #gitProvider(): Promise<PlatformStatus['gitProvider']> {
    const { type, host } = this.#git;
    try {
      await this.#git.ping();
      return { type, host, state: 'ready', message: `${host} answers.` };
    } catch (error) {
      return { type, host, state: 'error', message: sentence(error, host) };
    }
  }

  async #docs(): Promise<PlatformStatus['docs']> {
    if (!this.#config.buildsDocs) {
      return { state: 'unknown', message: 'Docs are built by your CI.' };
    }
    const given = await readStatusFile(this.#config.docsStatusFile);
    if (given && given.state !== 'ready') {
      return {
        state: given.state === 'missing' ? 'absent' : 'unknown',
        message: given.message,
      };
    }
    try {
      await exec('mkdocs', ['--version'], { timeout: TIMEOUT_MS * 3 });
      return { state: 'ready', message: 'mkdocs is installed.' };
    } catch {
      return {
        state: 'absent',
        message:
          'mkdocs is missing, so docs are not built: install it with "pip install mkdocs mkdocs-material", or "apt-get install mkdocs mkdocs-material".',
      };
    }
  }
}

async function readStatusFile(
  file: string | undefined,
): Promise<{ state: string; message: string; since?: string } | undefined> {
  if (!file) {
    return undefined;
  }
  try {
    const given = JSON.parse(await fs.readFile(file, 'utf8'));
    return {
      state: String(given.state),
      message: String(given.message ?? ''),
      since: typeof given.since === 'string' ? given.since : undefined,
    };
  } catch {
    return undefined;
  }
}

function sentence(error: unknown, subject: string): string {
  return isError(error) && error.message
    ? error.message
    : `${subject} does not answer.`;
}
