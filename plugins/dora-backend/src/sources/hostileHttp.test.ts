import { TestDatabases } from '@backstage/backend-test-utils';
import examples from '@octokit/webhooks-examples';
import {
  signatures,
  startWithWebhooks,
} from './__testUtils__/startWithWebhooks';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const [deploymentStatus] = (examples as any[]).find(
  ({ name }) => name === 'deployment_status',
).examples;

const withDeployment = (changes: object) =>
  JSON.stringify({
    ...deploymentStatus,
    deployment: { ...deploymentStatus.deployment, ...changes },
  });

describe.each(databases.eachSupportedId())('hostile webhooks on %s', id => {
  it('refuses bodies that cannot be read, and stores nothing of them', async () => {
    const dora = await startWithWebhooks(databases, id);
    const bodies: [string, number][] = [
      [`"${'x'.repeat(50 * 1024 * 1024)}"`, 413],
      ['{"action": ', 400],
      ['', 400],
      ['[]', 400],
      ['"text"', 400],
      ['null', 400],
      ['\ufffd\u0000', 400],
      [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400],
      [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400],
    ];
    for (const [body, status] of bodies) {
      const answer = await dora.post('github', body);
      expect([body.slice(0, 20), answer.status]).toEqual([
        body.slice(0, 20),
        status,
      ]);
    }
    expect(await dora.knex('webhook_deliveries')).toEqual([]);
    await dora.stop();
  });

  it('puts bodies that mean nothing into the inbox, with the field that is wrong', async () => {
    const dora = await startWithWebhooks(databases, id);
    const bodies: [string, string][] = [
      ['{}', 'action'],
      [withDeployment({ sha: 'f'.repeat(1_000_000) }), 'deployment.sha'],
      [withDeployment({ environment: "'; DROP TABLE events" }), 'environment'],
      [withDeployment({ environment: '<img src=x>' }), 'environment'],
      [withDeployment({ environment: 'a\u0000b' }), 'environment'],
      [withDeployment({ created_at: '9999-12-31T23:59:59Z' }), 'created_at'],
      [withDeployment({ id: '1' }), 'deployment.id'],
      [withDeployment({ id: { $ne: 1 } }), 'deployment.id'],
    ];
    for (const [index, [body]] of bodies.entries()) {
      const answer = await dora.post('github', body, {
        ...signatures.github(body),
        'x-github-delivery': `hostile-${index}`,
      });
      expect(answer.status).toBe(202);
    }
    await dora.processed();
    const deliveries = await dora.knex('webhook_deliveries').orderBy('id');
    expect(deliveries.map(row => row.state)).toEqual(
      bodies.map(() => 'rejected'),
    );
    deliveries.forEach((row, index) => {
      expect(row.reason).toContain(bodies[index][1]);
      expect(row.reason.length).toBeLessThan(500);
    });
    expect(await dora.knex('events')).toEqual([]);
    expect((await dora.get('/inbox?state=rejected')).body.items).toHaveLength(
      bodies.length,
    );
    await dora.stop();
  });
});
