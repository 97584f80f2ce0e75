import { TestDatabases } from '@backstage/backend-test-utils';
import examples from '@octokit/webhooks-examples';
import { incidentEvent, serviceEvent } from './__fixtures__/cdevents';
import { pipelineHook } from './__fixtures__/gitlab';
import { pagerDutyIncident } from './__fixtures__/pagerduty';
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

describe.each(databases.eachSupportedId())('what senders tell, on %s', id => {
  const start = () => startWithWebhooks(databases, id);

  it('counts a deployment of a monorepo for all of its components, or for the one that it names', async () => {
    const dora = await start();
    for (const [index, payload] of [{}, { component: 'Cart' }].entries()) {
      const body = JSON.stringify({
        ...deploymentStatus,
        deployment: {
          ...deploymentStatus.deployment,
          id: 100 + index,
          payload,
        },
        repository: { full_name: 'acme/shop' },
      });
      await dora.post('github', body, {
        ...signatures.github(body),
        'x-github-delivery': `monorepo-${index}`,
      });
    }
    await dora.processed();
    const rows = await dora
      .knex('deployments')
      .join('services', 'services.id', 'service_id')
      .orderBy(['external_id', 'ref'])
      .select('external_id', 'ref');
    expect(rows).toEqual([
      { external_id: '100', ref: 'component:default/cart' },
      { external_id: '100', ref: 'component:default/search' },
      { external_id: '101', ref: 'component:default/cart' },
    ]);
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
