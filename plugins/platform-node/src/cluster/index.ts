export type * from './Cluster';
export { clusterServiceRef } from './clusterServiceRef';
export { LOCAL_CLUSTER } from './ConfiguredClusters';
export { HttpCluster, type HttpClusterOptions } from './HttpCluster';
export type { KubernetesEndpoint } from './KubernetesHttp';
export { isSystemNamespace } from './systemNamespaces';
