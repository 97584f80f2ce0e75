import examples from '@octokit/webhooks-examples';
import { createHmac } from 'node:crypto';
import { createGitHubSource } from './github';

const source = createGitHubSource({ workflows: [] });
const receivedAt = new Date('2026-03-02T10:00:00Z');

function payloads(name: string): readonly any[] {
  return (examples as any[]).find(each => each.name === name).examples;
}

const map = (event: string, body: unknown, from = source) =>
  from.map({ headers: { 'x-github-event': event }, body, receivedAt });

const lookup = {
  annotations: [
    { annotation: 'github.com/project-slug', value: 'Codertocat/Hello-World' },
  ],
};

describe('createGitHubSource', () => {
  it('maps a created deployment to a queued one', () => {
    expect(map('deployment', payloads('deployment')[0])).toEqual({
      events: [
        {
          kind: 'deployment',
          id: '145988746',
          source: 'github',
          environment: 'production',
          status: 'queued',
          revision: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
          startedAt: '2019-05-15T15:20:53.000Z',
          occurredAt: '2019-05-15T15:20:53.000Z',
          lookup,
        },
      ],
    });
  });

  it('maps a successful status to the end of the same deployment', () => {
    expect(map('deployment_status', payloads('deployment_status')[0])).toEqual({
      events: [
        {
          kind: 'deployment',
          id: '145988746',
          source: 'github',
          environment: 'production',
          status: 'success',
          revision: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
          startedAt: '2019-05-15T15:20:53.000Z',
          finishedAt: '2019-05-15T15:20:55.000Z',
          lookup,
        },
      ],
    });
  });

  it('maps a status of GitHub Actions with its log', () => {
    expect(
      map('deployment_status', payloads('deployment_status')[1]),
    ).toMatchObject({
      events: [
        {
          environment: 'github-pages',
          status: 'in_progress',
          occurredAt: '2022-01-03T01:28:40.000Z',
          url: 'https://github.com/CorsixTH/CorsixTH/runs/4687056418?check_suite_focus=true',
        },
      ],
    });
  });

  it('takes every example of the events it maps', () => {
    for (const name of ['deployment', 'deployment_status']) {
      for (const body of payloads(name)) {
        expect(map(name, body)).toHaveProperty('events');
      }
    }
  });

  it.each([
    ['queued', 'queued', 'occurredAt'],
    ['pending', 'queued', 'occurredAt'],
    ['in_progress', 'in_progress', 'occurredAt'],
    ['failure', 'failure', 'finishedAt'],
    ['error', 'failure', 'finishedAt'],
    ['success', 'success', 'finishedAt'],
  ])('maps the state %s to %s', (state, status, instant) => {
    const body = structuredClone(payloads('deployment_status')[0]);
    body.deployment_status.state = state;
    expect(map('deployment_status', body)).toMatchObject({
      events: [{ status, [instant]: '2019-05-15T15:20:55.000Z' }],
    });
  });

  it('leaves the end of a deployment alone that is inactive now', () => {
    const body = structuredClone(payloads('deployment_status')[0]);
    body.deployment_status.state = 'inactive';
    expect(map('deployment_status', body)).toEqual({
      ignored: expect.stringContaining('A later deployment took the place'),
    });
  });

  it('rejects a state that GitHub does not have', () => {
    const body = structuredClone(payloads('deployment_status')[0]);
    for (const state of ['exploded', 'constructor', '__proto__']) {
      body.deployment_status.state = state;
      expect(map('deployment_status', body)).toMatchObject({
        rejected: {
          field: 'deployment_status.state',
          message: expect.stringContaining(state),
        },
      });
    }
  });

  it('tells a cancelled job from a failed one by its check', () => {
    const body = structuredClone(payloads('deployment_status')[1]);
    body.deployment_status.state = 'failure';
    body.check_run.conclusion = 'cancelled';
    expect(map('deployment_status', body)).toMatchObject({
      events: [{ status: 'cancelled' }],
    });
    body.check_run.conclusion = 'failure';
    expect(map('deployment_status', body)).toMatchObject({
      events: [{ status: 'failure' }],
    });
  });

  it('takes rollout, remediation, hotfix and component from the payload of the deployment', () => {
    const body = structuredClone(payloads('deployment_status')[0]);
    body.deployment.payload = {
      rolloutId: 'train-7',
      remediates: 145988700,
      hotfix: true,
      component: 'checkout',
      somethingElse: { deep: [1] },
    };
    const expected = {
      rolloutId: 'train-7',
      remediates: { deployment: '145988700' },
      hotfix: true,
      lookup: { ...lookup, component: 'checkout' },
    };
    expect(map('deployment_status', body)).toMatchObject({
      events: [expected],
    });
    // Who sends the payload as text gets it back as text.
    body.deployment.payload = JSON.stringify(body.deployment.payload);
    expect(map('deployment_status', body)).toMatchObject({
      events: [expected],
    });
    body.deployment.payload = 'deployed by hand';
    expect(map('deployment_status', body)).toMatchObject({
      events: [{ status: 'success' }],
    });
  });

  it('rejects a payload of the deployment that says it wrongly', () => {
    const body = structuredClone(payloads('deployment')[0]);
    body.deployment.payload = { hotfix: 'yes' };
    expect(map('deployment', body)).toEqual({
      rejected: {
        field: 'deployment.payload.hotfix',
        message:
          'deployment.payload.hotfix must be true or false, not the string "yes"',
      },
    });
  });

  it('takes a tag that looks like a version for the version', () => {
    const body = structuredClone(payloads('deployment')[0]);
    body.deployment.ref = 'v1.8.0';
    expect(map('deployment', body)).toMatchObject({
      events: [{ version: 'v1.8.0' }],
    });
  });

  it.each(['push', 'pull_request', 'ping', 'star', 'constructor'])(
    'acknowledges %s and says why nothing is made of it',
    event => {
      expect(map(event, {})).toEqual({ ignored: expect.any(String) });
    },
  );

  it('rejects a delivery that does not name its event', () => {
    expect(source.map({ headers: {}, body: {}, receivedAt })).toMatchObject({
      rejected: { field: 'X-GitHub-Event' },
    });
  });

  it('checks X-Hub-Signature-256 and names the delivery', () => {
    const rawBody = Buffer.from(JSON.stringify(payloads('deployment')[0]));
    const signature = createHmac('sha256', 's3cret')
      .update(rawBody)
      .digest('hex');
    const headers = {
      'x-hub-signature-256': `sha256=${signature}`,
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    };
    const request = { rawBody, headers };
    expect(source.verify({ ...request, secrets: ['s3cret'] })).toBe(true);
    expect(source.verify({ ...request, secrets: ['old', 's3cret'] })).toBe(
      true,
    );
    expect(source.verify({ ...request, secrets: ['other'] })).toBe(false);
    expect(source.verify({ ...request, secrets: [''] })).toBe(false);
    expect(
      source.verify({
        rawBody,
        headers: { 'x-hub-signature-256': signature },
        secrets: ['s3cret'],
      }),
    ).toBe(false);
    expect(source.verify({ rawBody, headers: {}, secrets: ['s3cret'] })).toBe(
      false,
    );
    expect(source.deliveryKey(request)).toBe(
      '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    );
  });
});
