export type * from './Cluster';
