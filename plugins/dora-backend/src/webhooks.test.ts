import { TestDatabases } from '@backstage/backend-test-utils';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { startDora } from './__testUtils__/startDora';
import { component } from './__testUtils__/component';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const SECRET = 'it-is-a-secret';
const config = { dora: { webhooks: { github: { secret: ['old', SECRET] } } } };

/** What GitHub sends when a deployment has ended, in short. */
function deploymentStatus(state = 'success') {
  return {
    action: 'created',
    deployment_status: {
      id: 7,
      state,
      created_at: '2026-03-02T10:03:12Z',
      updated_at: '2026-03-02T10:03:12Z',
      environment: 'production',
    },
    deployment: {
      id: 42,
      sha: '4f2c9e1aa4f2c9e1aa4f2c9e1aa4f2c9e1aa4f2c',
      ref: 'main',
      task: 'deploy',
      environment: 'production',
      created_at: '2026-03-02T09:58:00Z',
      updated_at: '2026-03-02T10:03:12Z',
      payload: {},
    },
    repository: { id: 1, full_name: 'acme/checkout' },
  };
}

describe.each(databases.eachSupportedId())('webhooks on %s', id => {
  const start = (entities = [component('checkout')]) =>
    startDora({ databases, id, entities, config });

  type Dora = Awaited<ReturnType<typeof start>>;
  function send(
    dora: Dora,
    body: string,
    headers: Record<string, string> = {},
    secret = SECRET,
  ) {
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return request(dora.server)
      .post('/api/dora/v1/webhooks/github')
      .set('content-type', 'application/json')
      .set('x-hub-signature-256', `sha256=${signature}`)
      .set('x-github-event', 'deployment_status')
      .set('x-github-delivery', 'd-1')
      .set(headers)
      .send(body);
  }

  it('takes what GitHub has signed, once for each delivery', async () => {
    const dora = await start([
      component('checkout', { 'github.com/project-slug': 'acme/checkout' }),
    ]);
    const body = JSON.stringify(deploymentStatus());
    const answer = await send(dora, body);
    expect([answer.status, answer.body]).toEqual([
      202,
      { accepted: 1, duplicates: 0, rejected: [], rejectedCount: 0 },
    ]);
    await dora.processed();
    expect((await send(dora, body)).body).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    await dora.processed();
    const [delivery] = await dora.knex('webhook_deliveries');
    expect(delivery).toMatchObject({ source: 'github', state: 'processed' });
    expect(JSON.stringify(delivery.headers)).not.toContain('sha256');
    expect(await dora.knex('deployments')).toMatchObject([
      { status: 'success', environment: 'production', production: true },
    ]);
    await dora.stop();
  });

  it('keeps the first of two deliveries of one id, and audits that the other differs', async () => {
    const dora = await start();
    const first = JSON.stringify(deploymentStatus());
    await send(dora, first);
    await send(dora, first);
    const other = await send(dora, JSON.stringify(deploymentStatus('failure')));
    expect([other.status, other.body.duplicates]).toEqual([202, 1]);
    const bodies = await dora.knex('webhook_deliveries').pluck('body');
    expect(bodies.map(String)).toEqual([first]);
    expect(dora.audited.map(({ meta }) => meta)).toEqual([
      { source: 'github', duplicate: false },
      { source: 'github', duplicate: true },
      {
        source: 'github',
        duplicate: true,
        note: expect.stringContaining('another body'),
      },
    ]);
    await dora.stop();
  });

  it('answers a signed body that is no JSON as any body that cannot be read', async () => {
    const dora = await start();
    const { status, body } = await send(dora, '{"action": ');
    expect(status).toBe(400);
    expect(body).toMatchObject({
      accepted: 0,
      duplicates: 0,
      rejected: [{ index: 0, field: 'body' }],
      rejectedCount: 1,
    });
    await dora.stop();
  });

  it('refuses what is signed otherwise or not at all, and audits it', async () => {
    const dora = await start();
    const body = JSON.stringify(deploymentStatus());
    const wrong = [
      await send(dora, body, {}, 'guess'),
      await send(dora, body, { 'x-hub-signature-256': '' }),
      await send(dora, body, { 'x-hub-signature-256': 'sha256=00' }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(JSON.stringify(wrong[0].body)).not.toContain(SECRET);
    expect(await dora.knex('webhook_deliveries')).toEqual([]);
    expect(dora.audited.filter(({ failed }) => failed)).toHaveLength(3);
    await dora.stop();
  });

  it('says which key is missing for a sender without a secret', async () => {
    const dora = await start();
    const answer = await request(dora.server)
      .post('/api/dora/v1/webhooks/gitlab')
      .send({});
    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toContain('dora.webhooks.gitlab.secret');
    const unknown = await request(dora.server)
      .post('/api/dora/v1/webhooks/nobody')
      .send({});
    expect(unknown.status).toBe(404);
    await dora.stop();
  });

  it('shows what cannot be mapped, and what is of no use not', async () => {
    const dora = await start();
    await send(dora, JSON.stringify({ action: 'created' }));
    await send(dora, '{"zen": "Design for failure."}', {
      'x-github-event': 'ping',
      'x-github-delivery': 'd-2',
    });
    await dora.processed();
    expect(
      await dora.knex('webhook_deliveries').orderBy('id').pluck('state'),
    ).toEqual(['rejected', 'ignored']);
    const { body } = await dora.get('/inbox?state=rejected');
    expect(body.items).toMatchObject([
      {
        kind: 'delivery',
        source: 'github',
        state: 'rejected',
        reason: expect.stringMatching(/\w+ .*missing/),
        excerpt: '{"action":"created"}',
      },
    ]);
    await dora.stop();
  });
});
