import type { DeploymentStatus } from '@waymark/plugin-dora-common';
import { z } from 'zod';
import { githubLookup } from './githubDeployments';
import {
  instant,
  label,
  link,
  mapPayload,
  numericId,
  sha,
  text,
} from './payload';
import type { WorkflowRule } from './settings';
import type { MappedDelivery } from './types';

const schema = z.object({
  action: text(),
  workflow_run: z.object({
    id: numericId(),
    run_attempt: numericId(),
    name: label(),
    path: label(),
    head_sha: sha(),
    status: label(),
    conclusion: label(),
    html_url: link(),
    created_at: instant(),
    run_started_at: instant().nullish(),
    updated_at: instant(),
  }),
  workflow: z
    .object({ name: label(), path: label() })
    .nullish()
    .catch(undefined),
  repository: z.object({ full_name: text() }),
});

type Payload = z.infer<typeof schema>;

const conclusions: Readonly<Record<string, DeploymentStatus>> = {
  success: 'success',
  failure: 'failure',
  timed_out: 'failure',
  startup_failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
  neutral: 'skipped',
  stale: 'cancelled',
};

function statusOf(payload: Payload): DeploymentStatus | undefined {
  if (payload.action === 'requested') return 'queued';
  if (payload.action === 'in_progress') return 'in_progress';
  const { conclusion } = payload.workflow_run;
  return conclusion && Object.hasOwn(conclusions, conclusion)
    ? conclusions[conclusion]
    : undefined;
}

function ruleFor(
  { workflow, workflow_run: run }: Payload,
  rules: readonly WorkflowRule[],
): WorkflowRule | undefined {
  // A run's path may end in the ref that the workflow was read from.
  const paths = [workflow?.path, run.path].map(path => path?.split('@')[0]);
  return rules.find(rule =>
    rule.path
      ? paths.includes(rule.path)
      : [workflow?.name, run.name].includes(rule.name),
  );
}

/** `workflow_run`: counts as a deployment where `dora.webhooks.github.workflows` names the workflow. @internal */
export function mapWorkflowRun(
  body: unknown,
  rules: readonly WorkflowRule[],
): MappedDelivery {
  return mapPayload(schema, body, payload => {
    const run = payload.workflow_run;
    const rule = ruleFor(payload, rules);
    if (!rule) {
      return {
        ignored: `dora.webhooks.github.workflows does not name the workflow "${
          run.path ?? run.name ?? 'without a name'
        }".`,
      };
    }
    const status = statusOf(payload);
    if (!status) {
      return {
        ignored: `The run is ${
          run.conclusion ?? run.status ?? payload.action
        }, which ends nothing.`,
      };
    }
    const over = status !== 'queued' && status !== 'in_progress';
    return {
      events: [
        {
          kind: 'deployment',
          id: `run-${run.id}-${run.run_attempt}`,
          source: 'github',
          environment: rule.environment,
          status,
          revision: run.head_sha.toLowerCase(),
          startedAt: run.run_started_at ?? run.created_at,
          [over ? 'finishedAt' : 'occurredAt']: run.updated_at,
          url: run.html_url,
          lookup: githubLookup(payload.repository.full_name, rule.component),
        },
      ],
    };
  });
}
