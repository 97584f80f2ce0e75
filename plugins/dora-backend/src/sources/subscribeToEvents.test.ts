import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { EventsServiceSubscribeOptions } from '@backstage/plugin-events-node';
import type { VerifiedDelivery } from '../ingestion/IngestionService';
import { deploymentHook } from './__fixtures__/gitlab';
import { createWebhookSources, readSourceSettings } from '.';
import { readEventTopics, subscribeToEvents } from './subscribeToEvents';

const signed = { events: { modules: { github: { webhookSecret: 's3cret' } } } };

describe('readEventTopics', () => {
  it.each([
    ['nothing is configured', {}, []],
    ['Backstage checks the signatures', signed, ['github']],
    [
      'the GitHub App has a secret',
      { integrations: { github: [{ apps: [{ webhookSecret: 'a' }] }] } },
      ['github'],
    ],
    [
      'GitLab has a token',
      { events: { modules: { gitlab: { webhookSecret: 'a' } } } },
      ['gitlab'],
    ],
    [
      'the topic is open to unsigned requests',
      { events: { ...signed.events, http: { topics: ['github'] } } },
      [],
    ],
    ['it is turned on', { dora: { events: { gitlab: true } } }, ['gitlab']],
    [
      'it is turned off',
      { ...signed, dora: { events: { github: false } } },
      [],
    ],
  ])('where %s', (_, config, topics) => {
    expect(readEventTopics(new ConfigReader(config))).toEqual(topics);
  });
});

describe('subscribeToEvents', () => {
  async function subscribe(data: object) {
    const subscriptions: EventsServiceSubscribeOptions[] = [];
    const deliveries: VerifiedDelivery[] = [];
    const rootConfig = new ConfigReader(data as any);
    await subscribeToEvents({
      events: {
        publish: async () => {},
        subscribe: async options => {
          subscriptions.push(options);
        },
      },
      ingestion: {
        acceptDelivery: async delivery => {
          deliveries.push(delivery);
          return { duplicate: false, differs: false };
        },
      },
      logger: mockServices.logger.mock(),
      rootConfig,
      sources: createWebhookSources(readSourceSettings(rootConfig)),
    });
    return { subscriptions, deliveries };
  }

  it('takes what the events backend publishes, under the id of the delivery', async () => {
    const { subscriptions, deliveries } = await subscribe({
      dora: { events: { github: true, gitlab: true } },
    });
    expect(subscriptions.map(({ id, topics }) => ({ id, topics }))).toEqual([
      { id: 'dora-github', topics: ['github'] },
      { id: 'dora-gitlab', topics: ['gitlab'] },
    ]);
    await subscriptions[0].onEvent({
      topic: 'github',
      eventPayload: { zen: 'Speak like a human.' },
      metadata: {
        'x-github-event': 'ping',
        'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        'x-hub-signature-256': 'sha256=abc',
      },
    });
    await subscriptions[1].onEvent({
      topic: 'gitlab',
      eventPayload: deploymentHook,
      metadata: { 'idempotency-key': 'k'.repeat(300), 'x-gitlab-token': 'a' },
    });
    expect(deliveries).toEqual([
      {
        source: 'github',
        deliveryKey: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        headers: { 'x-github-event': 'ping' },
        body: Buffer.from('{"zen":"Speak like a human."}'),
      },
      {
        source: 'gitlab',
        deliveryKey: expect.stringMatching(/^sha256:/),
        headers: {},
        body: Buffer.from(JSON.stringify(deploymentHook)),
      },
    ]);
  });

  it('subscribes to nothing that nobody has signed', async () => {
    const { subscriptions } = await subscribe({});
    expect(subscriptions).toEqual([]);
  });
});
