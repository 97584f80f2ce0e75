export { fetchDeliveries, fetchPlatformStatus } from './platform';
