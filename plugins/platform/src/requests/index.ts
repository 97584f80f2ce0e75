export { dryRunService, type ServiceVerdict } from './dryRunService';
export { findRefusal, offeredSizes } from './judge';
export {
  readServiceForm,
  serviceRequests,
  type ServiceForm,
} from './serviceRequests';
