import type { Delivery } from '@waymark/plugin-platform-common';

/** How soon deliveries are looked at again. @internal */
export const REFRESH_MS = { underWay: 2_000, idle: 20_000 } as const;

/** Whether a delivery has not ended yet. @internal */
export function isUnderWay(delivery: Pick<Delivery, 'status'>): boolean {
  return delivery.status === 'queued' || delivery.status === 'running';
}
