import { createAlertmanagerSource } from './alertmanager';
import { createArgoCdSource } from './argocd';
import { createGitHubSource } from './github';
import { createGitLabSource } from './gitlab';
import { pagerDutySource } from './pagerduty';
import type { SourceSettings } from './settings';
import type { WebhookSource } from './types';

export { mapCdEvent } from './cdevents';
export {
  cloudEventMode,
  readCloudEvents,
  type CloudEvent,
  type CloudEventMode,
} from './cloudevents';
export type { WebhookSource } from './types';
export { subscribeToEvents } from './subscribeToEvents';
export { readSourceSettings, type SourceSettings } from './settings';

/** Every sender of webhooks. @internal */
export function createWebhookSources(
  settings: SourceSettings,
): readonly WebhookSource[] {
  return [
    createGitHubSource(settings.github),
    createGitLabSource(settings.gitlab),
    createArgoCdSource(settings.argocd),
    pagerDutySource,
    createAlertmanagerSource(settings),
  ];
}
