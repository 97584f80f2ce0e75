import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '@waymark/plugin-platform-node';
import { clusterPaths } from './paths';
import { ETCD_SOCKET, NODE_NAME } from './parts';

const API_READY_WITHIN_MS = 120_000;
const NODE_READY_WITHIN_MS = 60_000;

/** @throws Error with a sentence where etcd does not open its socket @internal */
export function etcdReady(home: string, signal: AbortSignal): Promise<void> {
  const { etcd, logs } = clusterPaths(home);
  return until(
    () => exists(join(etcd, ETCD_SOCKET)),
    API_READY_WITHIN_MS,
    signal,
    `etcd did not start. Its log is in ${logs}.`,
  );
}

/**
 * Ready is when the API answers with the roles that every cluster has: they are made after it begins to listen.
 * @throws Error with a sentence where it does not
 * @internal
 */
export function apiReady(
  home: string,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<void> {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    name: 'edit',
  };
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    name: 'kube-system',
  };
  return until(
    async () =>
      (await cluster.get(role, { signal })) !== undefined &&
      (await cluster.get(namespace, { signal })) !== undefined,
    API_READY_WITHIN_MS,
    signal,
    `kube-apiserver did not get ready. Its log is in ${
      clusterPaths(home).logs
    }.`,
  );
}

/**
 * Ready is when the node itself says so; what it said before `since` is of an earlier start.
 * @throws Error with a sentence where it does not
 * @internal
 */
export function nodeReady(
  cluster: Cluster,
  signal: AbortSignal,
  since: Date = new Date(0),
): Promise<void> {
  // The API's instants are whole seconds.
  const earliest = Math.floor(since.getTime() / 1000) * 1000;
  return until(
    async () => {
      const node = await cluster.get(
        { apiVersion: 'v1', kind: 'Node', name: NODE_NAME },
        { signal },
      );
      const { conditions = [] } = (node?.status ?? {}) as {
        conditions?: {
          type: string;
          status: string;
          lastHeartbeatTime: string;
        }[];
      };
      return conditions.some(
        ({ type, status, lastHeartbeatTime }) =>
          type === 'Ready' &&
          status === 'True' &&
          Date.parse(lastHeartbeatTime) >= earliest,
      );
    },
    NODE_READY_WITHIN_MS,
    signal,
    'The node of the local cluster did not get ready.',
  );
}

async function until(
  condition: () => Promise<boolean>,
  withinMs: number,
  signal: AbortSignal,
  otherwise: string,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  let reason = '';
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      if (await condition()) {
        return;
      }
    } catch (error) {
      reason = ` ${sentence(error)}`;
    }
    await sleep(150, undefined, { signal });
  }
  throw new Error(`${otherwise}${reason}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
