export type { DeliveryFilter, PlatformApi } from './PlatformApi';
export { platformApiRef } from './platformApiRef';
export { PlatformClient } from './PlatformClient';
