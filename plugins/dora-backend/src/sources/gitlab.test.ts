import {
  deploymentHook,
  mergeRequestHook,
  pipelineHook,
  pushHook,
} from './__fixtures__/gitlab';
import { createGitLabSource } from './gitlab';
import type { PipelineRule } from './settings';

const receivedAt = new Date('2026-03-02T10:05:00Z');
const map = (body: unknown, pipelines: readonly PipelineRule[] = []) =>
  createGitLabSource({ pipelines }).map({ headers: {}, body, receivedAt });
const lookup = {
  annotations: [
    { annotation: 'gitlab.com/project-slug', value: 'shop/checkout' },
  ],
};

describe('createGitLabSource', () => {
  it('maps a successful deployment, with its whole hash and its time in UTC', () => {
    expect(map(deploymentHook)).toEqual({
      events: [
        {
          kind: 'deployment',
          id: '15',
          source: 'gitlab',
          environment: 'production',
          status: 'success',
          revision: '279484c09fbe69ededfced8c1bb6e6d24616b468',
          finishedAt: '2026-03-02T10:03:12.000Z',
          url: 'https://gitlab.example.com/shop/checkout/-/jobs/796',
          lookup,
        },
      ],
    });
  });

  it.each([
    ['created', 'queued', 'occurredAt'],
    ['blocked', 'queued', 'occurredAt'],
    ['running', 'in_progress', 'startedAt'],
    ['failed', 'failure', 'finishedAt'],
    ['canceled', 'cancelled', 'finishedAt'],
    ['skipped', 'skipped', 'finishedAt'],
  ])('maps the status %s to %s', (status, expected, instant) => {
    expect(map({ ...deploymentHook, status })).toMatchObject({
      events: [{ status: expected, [instant]: '2026-03-02T10:03:12.000Z' }],
    });
  });

  it('takes a deployment of the API, which has no job', () => {
    expect(
      map({ ...deploymentHook, deployable_id: null, deployable_url: null }),
    ).toHaveProperty('events');
  });

  it('keeps the short hash where the link to the commit speaks of another', () => {
    expect(map({ ...deploymentHook, short_sha: 'aaaaaaaa' })).toMatchObject({
      events: [{ revision: 'aaaaaaaa' }],
    });
  });

  it('ignores approvals and rejects statuses that GitLab does not have', () => {
    expect(map({ ...deploymentHook, status: 'approved' })).toHaveProperty(
      'ignored',
    );
    expect(map({ ...deploymentHook, status: 'toString' })).toMatchObject({
      rejected: { field: 'status' },
    });
  });

  it('counts the jobs of a pipeline that the configuration names', () => {
    const expected = {
      kind: 'deployment',
      id: 'pipeline-31-job-380',
      source: 'gitlab',
      environment: 'production',
      status: 'success',
      revision: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
      startedAt: '2026-03-02T09:58:00.000Z',
      finishedAt: '2026-03-02T10:03:12.000Z',
      url: 'https://gitlab.example.com/shop/checkout/-/pipelines/31',
      lookup,
    };
    expect(
      map(pipelineHook, [{ stage: 'deploy', environment: 'production' }]),
    ).toEqual({ events: [expected] });
    expect(
      map(pipelineHook, [
        { job: 'production', environment: 'live', component: 'checkout' },
      ]),
    ).toEqual({
      events: [
        {
          ...expected,
          environment: 'live',
          lookup: { ...lookup, component: 'checkout' },
        },
      ],
    });
  });

  it.each([
    [['success', 'failed'], 'failure'],
    [['running', 'failed'], 'in_progress'],
    [['success', 'created'], 'queued'],
    [['canceled', 'success'], 'cancelled'],
    [['skipped', 'success'], 'success'],
    [['skipped', 'skipped'], 'skipped'],
  ])('makes %j of a stage %s', (states, status) => {
    const builds = states.map((state, index) => ({
      ...pipelineHook.builds[0],
      id: index + 1,
      status: state,
    }));
    expect(
      map({ ...pipelineHook, builds }, [
        { stage: 'deploy', environment: 'production' },
      ]),
    ).toMatchObject({ events: [{ status, id: 'pipeline-31-job-2' }] });
  });

  it('lets a job fail that may', () => {
    const builds = [
      { ...pipelineHook.builds[0], status: 'failed', allow_failure: true },
    ];
    expect(
      map({ ...pipelineHook, builds }, [
        { stage: 'deploy', environment: 'production' },
      ]),
    ).toMatchObject({ events: [{ status: 'success' }] });
  });

  it('takes a tag for the version', () => {
    const object_attributes = {
      ...pipelineHook.object_attributes,
      tag: true,
      ref: 'v1.8.0',
    };
    expect(
      map({ ...pipelineHook, object_attributes }, [
        { stage: 'deploy', environment: 'production' },
      ]),
    ).toMatchObject({ events: [{ version: 'v1.8.0' }] });
  });

  it.each([
    ['a pipeline without a rule', pipelineHook],
    ['a merge request', mergeRequestHook],
    ['a push', pushHook],
    ['anything else', { object_kind: 'note' }],
  ])('acknowledges %s and says why nothing is made of it', (_, body) => {
    expect(map(body)).toEqual({ ignored: expect.any(String) });
  });

  it('checks the token and names the delivery', () => {
    const source = createGitLabSource({ pipelines: [] });
    const rawBody = Buffer.from(JSON.stringify(deploymentHook));
    const verify = (token: string | undefined, secrets = ['s3cret']) =>
      source.verify({
        rawBody,
        headers: token === undefined ? {} : { 'x-gitlab-token': token },
        secrets,
      });
    expect(verify('s3cret')).toBe(true);
    expect(verify('s3cret', ['next', 's3cret'])).toBe(true);
    for (const token of [undefined, '', 's3cre', 's3crets', 'S3CRET', 's3creu'])
      expect(verify(token)).toBe(false);
    expect(verify('', [''])).toBe(false);

    const uuid = { 'x-gitlab-event-uuid': 'a7b4e9c1' };
    expect(
      source.deliveryKey({
        rawBody,
        headers: { 'idempotency-key': 'f5e5f430', ...uuid },
      }),
    ).toBe('f5e5f430');
    // Webhooks that set off one another share it.
    expect(source.deliveryKey({ rawBody, headers: uuid })).not.toBe(
      source.deliveryKey({ rawBody: Buffer.from('{}'), headers: uuid }),
    );
  });
});
