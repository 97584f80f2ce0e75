export { DeploymentDialog } from './DeploymentDialog';
