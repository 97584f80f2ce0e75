import clusters2023 from './data/clusters-2023.json';
import clusters2024 from './data/clusters-2024.json';

/** What the teams of one cluster answered, as DORA's report of a year tells. @public */
export interface Cluster {
  readonly name: string;
  /** Share of the respondents, 0 to 1. */
  readonly share: number;
  readonly deploymentFrequency: string;
  readonly changeLeadTime: string;
  /** Median of the cluster, 0 to 1. */
  readonly changeFailRate: number;
  readonly failedDeploymentRecoveryTime: string;
}

/** The clusters of one year: groups found in that year's answers, not a ladder. @public */
export interface ClusterEdition {
  readonly year: number;
  readonly source: string;
  readonly clusters: readonly Cluster[];
}

/** The published clusters, newest first. @public */
export const CLUSTERS: readonly ClusterEdition[] = [clusters2024, clusters2023];
