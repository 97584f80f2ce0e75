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
    /** The hollow node's files. */
    node: join(base, 'node'),
    /** Names the folder of the hollow node's files where the one above has too long a name. */
    nodeElsewhere: join(base, 'node-elsewhere'),
    kubeconfig: (user: string) => join(base, `${user}.kubeconfig`),
    logs: join(home, 'logs'),
  };
}

/** The folder of built binaries within the cache. @internal */
export function builtBinaries(cacheDirectory: string): string {
  return join(cacheDirectory, `control-plane-${BUILT_VERSION}`);
}
