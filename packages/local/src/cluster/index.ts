/** @internal */
export interface ClusterProgress {
  state: 'absent' | 'building' | 'starting' | 'ready' | 'error';
  message: string;
}

/** @internal */
export interface StartClusterOptions {
  home: string;
  cacheDir: string;
  report(progress: ClusterProgress): void;
  signal: AbortSignal;
  log(line: string): void;
}

/** @internal */
export async function startCluster(
  options: StartClusterOptions,
): Promise<{ stop(): Promise<void> } | undefined> {
  options.report({ state: 'absent', message: 'There is no cluster yet.' });
  return undefined;
}

/** @internal */
export async function clusterConfig(
  _home: string,
): Promise<{ kubernetes: object; platformClusters: object[] }> {
  return { kubernetes: {}, platformClusters: [] };
}

/** @internal */
export async function adminKubeconfig(_home: string): Promise<string> {
  throw new Error('There is no local cluster yet.');
}
