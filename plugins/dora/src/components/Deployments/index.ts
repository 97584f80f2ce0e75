export { DeploymentsSection } from './DeploymentsSection';
export { DeploymentState } from './DeploymentState';
