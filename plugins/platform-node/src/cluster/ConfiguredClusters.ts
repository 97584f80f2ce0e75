import { readFile } from 'node:fs/promises';
import type { Config } from '@backstage/config';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { Environment } from '@waymark/plugin-platform-common';
import { readClusterConfig } from '../config';
import type { Cluster, ClusterService } from './Cluster';
import { HttpCluster } from './HttpCluster';
import { readClusterEndpoints } from './readClusterEndpoints';

/** The name of local mode's own cluster. @public */
export const LOCAL_CLUSTER = 'local';

interface Entry {
  readonly cluster: Cluster;
  readonly environments: readonly Environment[];
}

/** The clusters of `platform.clusters`. @internal */
export class ConfiguredClusters implements ClusterService {
  readonly #entries: readonly Entry[];

  static fromConfig(config: Config): ConfiguredClusters {
    const endpoints = readClusterEndpoints(config);
    const statusFile = config.getOptionalString(
      'platform.localCluster.statusFile',
    );
    return new ConfiguredClusters(
      readClusterConfig(config).map(
        ({ name, serviceAccountToken, environments }, index) => {
          const endpoint = endpoints.get(name);
          if (!endpoint) {
            throw new InputError(
              `platform.clusters[${index}].name is "${name}", and kubernetes.clusterLocatorMethods has no cluster of that name: add it there with its URL.`,
            );
          }
          const local = statusFile !== undefined && name === LOCAL_CLUSTER;
          const whenUnreachable = local
            ? () => localAdvice(statusFile)
            : undefined;
          return {
            environments,
            cluster: new HttpCluster({
              endpoint: { ...endpoint, whenUnreachable },
              token: serviceAccountToken,
              local,
            }),
          };
        },
      ),
    );
  }

  private constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  list(): Cluster[] {
    return this.#entries.map(entry => entry.cluster);
  }

  forEnvironment(environment: Environment): Cluster {
    if (this.#entries.length === 0) {
      throw new ServiceUnavailableError(
        'No cluster is configured. Add one under kubernetes.clusterLocatorMethods, name it under platform.clusters with its provisioner token, and restart.',
      );
    }
    const entry = this.#entries.find(each =>
      each.environments.includes(environment),
    );
    if (!entry) {
      throw new ServiceUnavailableError(
        `No cluster serves the environment "${environment}". Add "${environment}" to the environments of a cluster under platform.clusters, and restart.`,
      );
    }
    return entry.cluster;
  }
}

/** What to do while local mode's cluster does not answer: mostly to wait, as its status says. */
async function localAdvice(statusFile: string): Promise<string> {
  const again = 'The home page shows its progress; try again when it is ready.';
  try {
    const { message } = JSON.parse(await readFile(statusFile, 'utf8')) as {
      message?: string;
    };
    return message
      ? `Its state: ${message.replace(/\.?$/, '.')} ${again}`
      : again;
  } catch {
    return again;
  }
}
