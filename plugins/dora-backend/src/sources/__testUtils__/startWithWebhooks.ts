import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockServices,
  type TestDatabaseId,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { component } from '../../__testUtils__/component';
import { startDora } from '../../__testUtils__/startDora';
import type { WebhookSourceId } from '../types';

/** What every sender knows. */
export const secret = 'it-is-a-secret';
const config = {
  dora: {
    retention: { events: false },
    webhooks: {
      github: { secret },
      gitlab: {
        secret,
        pipelines: [{ stage: 'deploy', environment: 'production' }],
      },
      argocd: { secret },
      pagerduty: { secret: ['next', secret] },
      alertmanager: { secret },
    },
    events: { github: true },
  },
};

const entities = [
  component('checkout', {
    'github.com/project-slug': 'Codertocat/Hello-World',
    'gitlab.com/project-slug': 'shop/checkout',
    'argocd/app-name': 'checkout',
    'pagerduty.com/service-id': 'PF9KMXH',
  }),
  component('shipping'),
  component('cart', {
    'github.com/project-slug': 'acme/shop',
    'dora/source-path': 'services/cart/**',
  }),
  component('search', {
    'github.com/project-slug': 'acme/shop',
    'dora/source-path': 'services/search/**',
  }),
];

const hmac = (body: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

/** The headers by which a sender shows that it knows the secret. */
export const signatures: Record<
  WebhookSourceId,
  (body: string) => Record<string, string>
> = {
  github: body => ({
    'x-hub-signature-256': `sha256=${hmac(body)}`,
    'x-github-event': 'deployment_status',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  }),
  gitlab: () => ({
    'x-gitlab-token': secret,
    'x-gitlab-event': 'Deployment Hook',
    'idempotency-key': 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
  }),
  argocd: () => ({ authorization: `Bearer ${secret}` }),
  pagerduty: body => ({
    'x-pagerduty-signature': `v1=${'0'.repeat(64)},v1=${hmac(body)}`,
  }),
  alertmanager: () => ({ authorization: `Bearer ${secret}` }),
};

/** The plugin with a secret for every sender, and an events service that publishes at once. */
export async function startWithWebhooks(
  databases: TestDatabases,
  id: TestDatabaseId,
) {
  const events = mockServices.events();
  const dora = await startDora({
    databases,
    id,
    entities,
    config,
    features: [
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
    ],
  });
  const post = (
    source: WebhookSourceId,
    body: string,
    headers = signatures[source](body),
  ) =>
    request(dora.server)
      .post(`/api/dora/v1/webhooks/${source}`)
      .set('content-type', 'application/json')
      .set(headers)
      .send(body);
  return { ...dora, events, post };
}
