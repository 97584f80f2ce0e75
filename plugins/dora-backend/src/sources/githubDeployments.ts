import type { DeploymentStatus } from '@waymark/plugin-dora-common';
import { z } from 'zod';
import {
  instant,
  label,
  link,
  mapPayload,
  numericId,
  sha,
  text,
} from './payload';
import { readSenderExtras, type SenderExtras } from './senderExtras';
import type { MappedDelivery, MappedEvent, ServiceLookup } from './types';

const repository = z.object({ full_name: text() });

const deployment = z.object({
  id: numericId(),
  sha: sha(),
  ref: label(),
  environment: text(100),
  payload: z.unknown().optional(),
  created_at: instant(),
});

const deploymentEvent = z.object({
  action: text(),
  deployment,
  repository,
});

const statusEvent = z.object({
  action: text(),
  deployment,
  deployment_status: z.object({
    state: text(),
    environment: label(100),
    log_url: link(),
    target_url: link(),
    environment_url: link(),
    created_at: instant(),
  }),
  check_run: z.object({ conclusion: label() }).nullish().catch(undefined),
  repository,
});

type Deployment = z.infer<typeof deployment>;

/** GitHub's states; `inactive` is not among them, see {@link mapDeploymentStatus}. */
const statuses: Readonly<Record<string, DeploymentStatus>> = {
  queued: 'queued',
  pending: 'queued',
  waiting: 'queued',
  in_progress: 'in_progress',
  success: 'success',
  failure: 'failure',
  error: 'failure',
};

/** The lookup of whatever speaks of a GitHub repository. @internal */
export function githubLookup(
  fullName: string,
  component: string | undefined,
): ServiceLookup {
  return {
    annotations: [{ annotation: 'github.com/project-slug', value: fullName }],
    ...(component ? { component } : {}),
  };
}

// A tag is how people call a release; a branch says nothing about the version.
function versionOf(ref: string | undefined): string | undefined {
  const name = ref?.replace(/^refs\/tags\//, '');
  return name && /^v?\d+(\.\d+)+([-+].*)?$/.test(name) ? name : undefined;
}

function eventOf(
  fullName: string,
  from: Deployment,
  extras: SenderExtras,
  status: {
    environment?: string;
    status: DeploymentStatus;
    finishedAt?: string;
    occurredAt?: string;
    url?: string;
  },
): MappedEvent {
  const { component, ...declared } = extras;
  return {
    kind: 'deployment',
    id: from.id,
    source: 'github',
    environment: from.environment,
    revision: from.sha.toLowerCase(),
    version: versionOf(from.ref),
    startedAt: from.created_at,
    ...declared,
    ...status,
    lookup: githubLookup(fullName, component),
  };
}

/** `deployment`: an attempt was asked for. @internal */
export function mapDeployment(body: unknown): MappedDelivery {
  return mapPayload(deploymentEvent, body, event => {
    if (event.action !== 'created') {
      return { ignored: `A deployment was ${event.action}, not created.` };
    }
    const extras = readSenderExtras(
      event.deployment.payload,
      'deployment.payload',
    );
    if ('rejected' in extras) return extras;
    return {
      events: [
        eventOf(event.repository.full_name, event.deployment, extras.value, {
          status: 'queued',
          occurredAt: event.deployment.created_at,
        }),
      ],
    };
  });
}

/**
 * `deployment_status`: an attempt went on or ended. `inactive` only says that
 * a later deployment took over, and leaves the end of this one alone.
 * @internal
 */
export function mapDeploymentStatus(body: unknown): MappedDelivery {
  return mapPayload(statusEvent, body, event => {
    const given = event.deployment_status;
    if (given.state === 'inactive') {
      return {
        ignored:
          'A later deployment took the place of this one, whose end stays as it was.',
      };
    }
    const status = Object.hasOwn(statuses, given.state)
      ? statusOf(statuses[given.state], event.check_run?.conclusion)
      : undefined;
    if (!status) {
      return {
        rejected: {
          field: 'deployment_status.state',
          message: `deployment_status.state must be one of ${Object.keys(
            statuses,
          ).join(', ')} or inactive, not "${given.state.slice(0, 60)}".`,
        },
      };
    }
    const extras = readSenderExtras(
      event.deployment.payload,
      'deployment.payload',
    );
    if ('rejected' in extras) return extras;
    const over = status !== 'queued' && status !== 'in_progress';
    return {
      events: [
        eventOf(event.repository.full_name, event.deployment, extras.value, {
          environment: given.environment ?? event.deployment.environment,
          status,
          [over ? 'finishedAt' : 'occurredAt']: given.created_at,
          url: given.log_url ?? given.target_url ?? given.environment_url,
        }),
      ],
    };
  });
}

// GitHub Actions ends the deployment of a cancelled job as a failure; its check tells them apart.
function statusOf(
  status: DeploymentStatus,
  conclusion: string | undefined,
): DeploymentStatus {
  if (status !== 'failure') return status;
  return conclusion === 'cancelled' || conclusion === 'skipped'
    ? conclusion
    : status;
}
