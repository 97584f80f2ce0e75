export { adminKubeconfig } from './adminKubeconfig';
export { clusterConfig, type ClusterConfig } from './clusterConfig';
export {
  startCluster,
  type ClusterProgress,
  type RunningCluster,
  type StartClusterOptions,
} from './startCluster';
