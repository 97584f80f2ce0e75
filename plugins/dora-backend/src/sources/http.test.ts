import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import examples from '@octokit/webhooks-examples';
import request from 'supertest';
import { component } from '../__testUtils__/component';
import { alertGroup } from './__fixtures__/alertmanager';
import { argoCdSync } from './__fixtures__/argocd';
import { deploymentHook } from './__fixtures__/gitlab';
import { pagerDutyIncident } from './__fixtures__/pagerduty';
import {
  secret,
  signatures,
  startWithWebhooks,
} from './__testUtils__/startWithWebhooks';
import type { WebhookSourceId } from './types';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const [deploymentStatus] = (examples as any[]).find(
  ({ name }) => name === 'deployment_status',
).examples;

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
  const start = () => startWithWebhooks(databases, id);

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
});
