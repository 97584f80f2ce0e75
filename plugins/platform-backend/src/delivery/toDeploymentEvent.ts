import { DEFAULT_ENVIRONMENT } from '@waymark/plugin-platform-common';
import type { EndedDelivery } from './DeliveryReports';

/** A delivery in the words of `POST /api/dora/v1/deployments`. @internal */
export function toDeploymentEvent(delivery: EndedDelivery, appUrl?: string) {
  const { component } = delivery;
  return {
    id: delivery.id,
    source: 'waymark-delivery',
    service: `component:default/${component}`,
    environment: delivery.environment ?? DEFAULT_ENVIRONMENT,
    status: statusOf(delivery),
    revision: delivery.revision,
    startedAt: delivery.startedAt,
    finishedAt: delivery.finishedAt,
    rolloutId: delivery.rolloutId,
    url:
      appUrl &&
      `${appUrl.replace(
        /\/+$/,
        '',
      )}/catalog/default/component/${encodeURIComponent(
        component,
      )}/deployments`,
  };
}

/** What a newer revision took the place of counts nowhere: it never reached its namespace, or not to the end. */
function statusOf({ status, startedAt }: EndedDelivery) {
  if (status === 'succeeded') {
    return 'success';
  }
  if (status === 'failed') {
    return 'failure';
  }
  return startedAt ? 'cancelled' : 'skipped';
}
