export * from './answers';
export * from './changeFailRate';
export * from './changeLeadTime';
export * from './deploymentFrequency';
export * from './deploymentReworkRate';
export * from './failedDeploymentRecoveryTime';
export * from './fiveMetrics';
export * from './percentiles';
