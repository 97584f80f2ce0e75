import examples from '@octokit/webhooks-examples';
import { createGitHubSource } from './github';
import type { WorkflowRule } from './settings';

const payloads: readonly any[] = (examples as any[]).find(
  ({ name }) => name === 'workflow_run',
).examples;

const map = (body: unknown, workflows: readonly WorkflowRule[] = []) =>
  createGitHubSource({ workflows }).map({
    headers: { 'x-github-event': 'workflow_run' },
    body,
    receivedAt: new Date('2026-03-02T10:00:00Z'),
  });

describe('mapWorkflowRun', () => {
  const configured = [
    { path: '.github/workflows/deploy.yml', environment: 'production' },
    { name: 'CI', environment: 'staging', component: 'checkout' },
  ];
  const run = (changes: object = {}) => {
    const body = structuredClone(payloads[1]);
    Object.assign(body.workflow_run, changes);
    return body;
  };

  it('counts where the configuration names the workflow', () => {
    const body = run({ path: '.github/workflows/deploy.yml@main' });
    expect(map(body, configured)).toEqual({
      events: [
        {
          kind: 'deployment',
          id: `run-${body.workflow_run.id}-${body.workflow_run.run_attempt}`,
          source: 'github',
          environment: 'production',
          status: 'success',
          revision: body.workflow_run.head_sha,
          startedAt: expect.any(String),
          finishedAt: new Date(body.workflow_run.updated_at).toISOString(),
          url: body.workflow_run.html_url,
          lookup: {
            annotations: [
              {
                annotation: 'github.com/project-slug',
                value: body.repository.full_name,
              },
            ],
          },
        },
      ],
    });
  });

  it.each([
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['cancelled', 'cancelled'],
    ['skipped', 'skipped'],
  ])('maps the conclusion %s to %s', (conclusion, status) => {
    const body = run({ name: 'CI', conclusion });
    expect(map(body, configured)).toMatchObject({
      events: [
        { status, environment: 'staging', lookup: { component: 'checkout' } },
      ],
    });
  });

  it('counts each attempt of a run by itself', () => {
    const ids = [1, 2].map(run_attempt => {
      const mapped = map(run({ name: 'CI', run_attempt }), configured);
      return 'events' in mapped && mapped.events[0].id;
    });
    expect(new Set(ids).size).toBe(2);
  });

  it('ignores other workflows, and runs that wait for approval', () => {
    for (const body of payloads) {
      expect(map(body)).toEqual({
        ignored: expect.stringContaining('dora.webhooks.github.workflows'),
      });
    }
    expect(
      map(run({ name: 'CI', conclusion: 'action_required' }), configured),
    ).toEqual({ ignored: expect.stringContaining('action_required') });
  });
});
