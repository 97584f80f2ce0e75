export { DeliveriesContent } from './DeliveriesContent';
export { DeliveryStatusBadge } from './DeliveryStatusBadge';
export { RevisionLink } from './RevisionLink';
export { useDeliveries } from './useDeliveries';
