import type { WebhookSource } from './types';

/** Every sender of webhooks. @internal */
export const webhookSources: readonly WebhookSource[] = [];
