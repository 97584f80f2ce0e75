import { join } from 'node:path';

/** The Kubernetes version that {@link buildBinaries} makes. @internal */
export const BUILT_VERSION = '1.20.2';

/** Where the local cluster keeps what it needs from start to start. @internal */
export function clusterPaths(home: string) {
  const base = join(home, 'cluster');
  return {
    base,
    /** Working directory of etcd and the API server: their socket's path is relative, as it may not be long. */
    etcd: join(base, 'etcd'),
    pki: join(base, 'pki'),
    identity: join(base, 'identity.json'),
    tokens: join(base, 'tokens.csv'),
    /** Names the hollow node's scratch folder, which is outside as its sockets' paths may not be long. */
    nodeScratch: join(base, 'node-scratch'),
    kubeconfig: (user: string) => join(base, `${user}.kubeconfig`),
    logs: join(home, 'logs'),
  };
}

/** The folder of built binaries within the cache. @internal */
export function builtBinaries(cacheDirectory: string): string {
  return join(cacheDirectory, `control-plane-${BUILT_VERSION}`);
}
