export { useCatalogCounts, type CatalogCount } from './useCatalogCounts';
export { useMyComponents } from './useMyComponents';
export { useMyDeliveries } from './useMyDeliveries';
export { useMyTasks } from './useMyTasks';
export { usePlatformStatus } from './usePlatformStatus';
