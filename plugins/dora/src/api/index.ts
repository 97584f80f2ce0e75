export { DoraClient } from './DoraClient';
export type {
  DeploymentQuery,
  DoraApi,
  MetricsQuery,
  WindowQuery,
} from './DoraApi';
export { doraApiRef } from './doraApiRef';
export type * from './answers';
