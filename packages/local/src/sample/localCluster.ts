import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpCluster, type Cluster } from '@waymark/plugin-platform-node';

const POLL_MS = 1_000;

/** The part of the overlay that is read here. @internal */
export interface Overlay {
  readonly git?: {
    readonly serviceAccount?: { username: string; password: string };
  };
  readonly kubernetes?: {
    readonly clusterLocatorMethods?: readonly {
      readonly clusters?: readonly {
        name: string;
        url: string;
        caData?: string;
      }[];
    }[];
  };
  readonly platform?: {
    readonly clusters?: readonly {
      name: string;
      serviceAccountToken: string;
    }[];
  };
}

/**
 * Local mode's own cluster, with the provisioner's account. Undefined where another cluster is
 * configured: the sample organisation stays out of it.
 * @internal
 */
export function localCluster(overlay: Overlay): Cluster | undefined {
  const account = overlay.platform?.clusters?.find(
    each => each.name === 'local',
  );
  const endpoint = overlay.kubernetes?.clusterLocatorMethods
    ?.flatMap(method => method.clusters ?? [])
    .find(each => each.name === 'local');
  if (!account || !endpoint) {
    return undefined;
  }
  return new HttpCluster({
    endpoint: {
      name: endpoint.name,
      url: endpoint.url,
      ca: endpoint.caData && Buffer.from(endpoint.caData, 'base64').toString(),
    },
    token: account.serviceAccountToken,
    local: true,
  });
}

/** Waits until the cluster is up; never rejects but for the signal. @internal */
export async function clusterReady(
  home: string,
  signal: AbortSignal,
): Promise<void> {
  const file = join(home, 'cluster', 'status.json');
  for (;;) {
    const state = await readFile(file, 'utf8').then(
      text => (JSON.parse(text) as { state?: string }).state,
      () => undefined,
    );
    if (state === 'ready') {
      return;
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}
