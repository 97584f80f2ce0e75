import type { DeploymentStatus } from '@waymark/plugin-dora-common';
import { z } from 'zod';
import { gitlabLookup } from './gitlabDeployments';
import { instant, label, link, mapPayload, sha, text } from './payload';
import type { PipelineRule } from './settings';
import type { MappedDelivery, MappedEvent } from './types';

const job = z.object({
  id: z.number().int().nonnegative(),
  stage: text(),
  name: text(),
  status: text(),
  allow_failure: z.boolean().nullish(),
  started_at: instant().nullish(),
  finished_at: instant().nullish(),
});

const schema = z.object({
  object_attributes: z.object({
    id: z.number().int().nonnegative(),
    sha: sha(),
    ref: label(),
    tag: z.boolean().nullish(),
    created_at: instant(),
    url: link(),
  }),
  project: z.object({ path_with_namespace: text() }),
  builds: z.array(job).max(5000),
});

type Job = z.infer<typeof job>;
type Payload = z.infer<typeof schema>;

// In this order the first one that any job has decides for all of them.
const decisive: readonly (readonly [DeploymentStatus, readonly string[]])[] = [
  ['in_progress', ['running']],
  ['failure', ['failed']],
  ['cancelled', ['canceled', 'canceling']],
  [
    'queued',
    [
      'created',
      'waiting_for_resource',
      'preparing',
      'pending',
      'waiting_for_callback',
      'manual',
      'scheduled',
    ],
  ],
  ['success', ['success']],
  ['skipped', ['skipped']],
];

function statusOf(jobs: readonly Job[]): DeploymentStatus | undefined {
  const states = jobs.map(each =>
    each.status === 'failed' && each.allow_failure ? 'success' : each.status,
  );
  return decisive.find(([, names]) =>
    states.some(state => names.includes(state)),
  )?.[0];
}

const earliest = (instants: readonly string[]) => [...instants].sort()[0];
const latest = (instants: readonly string[]) => [...instants].sort().at(-1);
const present = <T>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined;

function eventFor(
  payload: Payload,
  rule: PipelineRule,
): MappedEvent | undefined {
  const jobs = payload.builds.filter(each =>
    rule.job ? each.name === rule.job : each.stage === rule.stage,
  );
  const status = statusOf(jobs);
  if (!status) return undefined;
  const pipeline = payload.object_attributes;
  const startedAt = earliest(jobs.map(each => each.started_at).filter(present));
  const finishedAt = latest(jobs.map(each => each.finished_at).filter(present));
  const over = status !== 'queued' && status !== 'in_progress';
  return {
    kind: 'deployment',
    // A job that is tried again gets a new id, and so is an attempt of its own.
    id: `pipeline-${pipeline.id}-job-${Math.max(...jobs.map(each => each.id))}`,
    source: 'gitlab',
    environment: rule.environment,
    status,
    revision: pipeline.sha.toLowerCase(),
    version: pipeline.tag ? pipeline.ref : undefined,
    startedAt,
    ...(over
      ? { finishedAt: finishedAt ?? startedAt ?? pipeline.created_at }
      : { occurredAt: startedAt ?? pipeline.created_at }),
    url: pipeline.url,
    lookup: gitlabLookup(payload.project.path_with_namespace, rule.component),
  };
}

/** `Pipeline Hook`: the jobs that `dora.webhooks.gitlab.pipelines` names count as a deployment. @internal */
export function mapPipeline(
  body: unknown,
  rules: readonly PipelineRule[],
): MappedDelivery {
  return mapPayload(schema, body, payload => {
    const events = rules.map(rule => eventFor(payload, rule)).filter(present);
    return events.length > 0
      ? { events }
      : {
          ignored:
            'dora.webhooks.gitlab.pipelines names no stage or job of this pipeline.',
        };
  });
}
