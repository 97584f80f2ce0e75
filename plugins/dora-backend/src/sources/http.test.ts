import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import examples from '@octokit/webhooks-examples';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { component } from '../__testUtils__/component';
import { startDora } from '../__testUtils__/startDora';
import { alertGroup } from './__fixtures__/alertmanager';
import { argoCdSync } from './__fixtures__/argocd';
import { incidentEvent, serviceEvent } from './__fixtures__/cdevents';
import { deploymentHook, pipelineHook } from './__fixtures__/gitlab';
import { pagerDutyIncident } from './__fixtures__/pagerduty';
import type { WebhookSourceId } from './types';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const secret = 'it-is-a-secret';
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
];

const [deploymentStatus] = (examples as any[]).find(
  ({ name }) => name === 'deployment_status',
).examples;

const hmac = (body: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

/** The headers by which a sender shows that it knows the secret. */
const signatures: Record<
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

const deliveries: [WebhookSourceId, object][] = [
  ['github', deploymentStatus],
  ['gitlab', deploymentHook],
  ['argocd', argoCdSync],
  [
    'pagerduty',
    pagerDutyIncident('incident.resolved', '2026-03-02T10:45:00Z', 'resolved'),
  ],
  ['alertmanager', alertGroup],
];

/** The last letter or digit of the signature or token becomes another. */
function offByOne(headers: Record<string, string>): Record<string, string> {
  const wrong = (value: string) =>
    `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /signature|token|authorization/.test(name) ? wrong(value) : value,
    ]),
  );
}

describe.each(databases.eachSupportedId())('webhooks on %s', id => {
  async function start() {
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

  it.each(deliveries)(
    'takes a webhook of %s once, and none that is signed wrongly',
    async (source, payload) => {
      const dora = await start();
      const body = JSON.stringify(payload);

      const wrong = [
        await dora.post(source, body, offByOne(signatures[source](body))),
        await dora.post(source, body, {}),
      ];
      expect(wrong.map(({ status }) => status)).toEqual([401, 401]);
      expect(await dora.knex('webhook_deliveries')).toEqual([]);

      const answers = [
        await dora.post(source, body),
        await dora.post(source, body),
      ];
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
      expect(answers.map(answer => answer.body.duplicates)).toEqual([0, 1]);
      await dora.processed();
      expect(await dora.knex('webhook_deliveries')).toMatchObject([
        { source, state: 'processed', reason: null },
      ]);
      const stored = await dora.knex('webhook_deliveries').first();
      expect(JSON.stringify(stored.headers)).not.toContain(secret);
      const events = await dora.knex('events').where({ state: 'processed' });
      expect(events).toHaveLength(source === 'alertmanager' ? 2 : 1);
      expect(new Set(events.map(each => each.source))).toEqual(
        new Set([source]),
      );
      await dora.stop();
    },
  );

  it('refuses a body that is not the one signed', async () => {
    const dora = await start();
    const body = JSON.stringify(deploymentStatus);
    const headers = signatures.github(body);
    const other = body.replace('"success"', '"failure"');
    expect((await dora.post('github', other, headers)).status).toBe(401);
    expect((await dora.post('github', `${body} `, headers)).status).toBe(401);
    expect(await dora.knex('webhook_deliveries')).toEqual([]);
    await dora.stop();
  });

  it('shows an event of an unknown service, and counts it once the catalog has it', async () => {
    const dora = await start();
    const body = JSON.stringify({ ...argoCdSync, application: 'billing' });
    expect((await dora.post('argocd', body)).status).toBe(202);
    await dora.processed();
    const { body: inbox } = await dora.get('/inbox?state=unmatched');
    expect(inbox.items).toMatchObject([
      {
        kind: 'event',
        source: 'argocd',
        state: 'unmatched',
        reason: expect.stringContaining('argocd/app-name: billing'),
      },
    ]);
    dora.addEntities(component('billing', { 'argocd/app-name': 'billing' }));
    const replay = await request(dora.server)
      .post('/api/dora/v1/inbox/replay')
      .set('authorization', mockCredentials.user.header());
    expect(replay.status).toBeLessThan(300);
    await dora.processed();
    expect(await dora.knex('deployments')).toMatchObject([
      { external_id: 'argocd/billing@2026-03-02T09:58:00.000Z' },
    ]);
    await dora.stop();
  });

  it('counts a delivery once that comes here and through the events service', async () => {
    const dora = await start();
    const body = JSON.stringify(deploymentStatus);
    expect((await dora.post('github', body)).status).toBe(202);
    await dora.events.publish({
      topic: 'github',
      eventPayload: deploymentStatus,
      metadata: signatures.github(body),
    });
    const other = structuredClone(deploymentStatus);
    other.deployment.id = 7;
    await dora.events.publish({
      topic: 'github',
      eventPayload: other,
      metadata: {
        ...signatures.github(body),
        'x-github-delivery': 'another',
      },
    });
    await dora.processed();
    expect(await dora.knex('webhook_deliveries').pluck('delivery_key')).toEqual(
      ['72d3162e-cc78-11e3-81ab-4c9367dc0958', 'another'],
    );
    expect(
      await dora
        .knex('deployments')
        .orderBy('external_id')
        .pluck('external_id'),
    ).toEqual(['145988746', '7']);
    await dora.stop();
  });

  it('counts the jobs of a pipeline that the configuration names', async () => {
    const dora = await start();
    const body = JSON.stringify(pipelineHook);
    await dora.post('gitlab', body, {
      ...signatures.gitlab(body),
      'idempotency-key': 'other',
    });
    await dora.processed();
    expect(await dora.knex('deployments')).toMatchObject([
      {
        external_id: 'pipeline-31-job-380',
        environment: 'production',
        status: 'success',
        production: true,
      },
    ]);
    await dora.stop();
  });

  it('follows an incident of PagerDuty and one of CDEvents to their ends', async () => {
    const dora = await start();
    const steps = [
      ['incident.resolved', '2026-03-02T10:45:00Z', 'resolved'],
      ['incident.triggered', '2026-03-02T10:15:27Z', 'triggered'],
      ['incident.reopened', '2026-03-02T10:50:00Z', 'triggered'],
      ['incident.resolved', '2026-03-02T11:00:00Z', 'resolved'],
    ];
    for (const [index, [type, at, status]] of steps.entries()) {
      const payload = pagerDutyIncident(type, at, status);
      payload.event.id = `event-${index}`;
      await dora.post('pagerduty', JSON.stringify(payload));
    }
    for (const [predicate, at] of [
      ['resolved', '2026-03-02T10:45:00Z'],
      ['detected', '2026-03-02T10:15:00Z'],
    ]) {
      const answer = await dora.send(
        '/events',
        incidentEvent(predicate, at),
        'application/cloudevents+json',
      );
      expect(answer.body).toMatchObject({ accepted: 1, rejected: [] });
    }
    await dora.processed();
    const rows = await dora.knex('incidents').orderBy('external_id');
    expect(rows.map(row => [row.external_id, row.open])).toEqual([
      ['PGR0VU2', false],
      ['incident-123', false],
    ]);
    const ends = rows.map(row =>
      row.intervals.map((each: { resolvedAt: number }) =>
        new Date(each.resolvedAt).toISOString(),
      ),
    );
    expect(ends).toEqual([
      ['2026-03-02T10:45:00.000Z', '2026-03-02T11:00:00.000Z'],
      ['2026-03-02T10:45:00.000Z'],
    ]);
    expect(rows[1].opened_at.toISOString()).toBe('2026-03-02T10:15:00.000Z');
    await dora.stop();
  });

  it('takes CDEvents in batches, and says which of them are wrong', async () => {
    const dora = await start();
    const answer = await dora.send(
      '/events',
      [
        serviceEvent('deployed', { subjectId: 'default/checkout' }),
        serviceEvent('published'),
        { ...serviceEvent('deployed'), type: 'com.example.other' },
      ],
      'application/cloudevents-batch+json',
    );
    expect([answer.status, answer.body]).toEqual([
      202,
      {
        accepted: 2,
        duplicates: 0,
        rejected: [
          {
            index: 2,
            field: 'type',
            message: expect.stringContaining('com.example.other'),
          },
        ],
        rejectedCount: 1,
      },
    ]);
    await dora.processed();
    expect(await dora.knex('deployments')).toMatchObject([
      { status: 'success', source: '/pipelines/shop', version: '1.8.0' },
    ]);
    await dora.stop();
  });
});
