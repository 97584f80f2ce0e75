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
import type { MappedDelivery, ServiceLookup } from './types';

const schema = z.object({
  status: text(),
  status_changed_at: instant(),
  deployment_id: numericId(),
  deployable_url: link(),
  environment: text(100),
  project: z.object({ path_with_namespace: text() }),
  short_sha: sha(),
  commit_url: label(2000),
});

const statuses: Readonly<Record<string, DeploymentStatus>> = {
  created: 'queued',
  blocked: 'queued',
  running: 'in_progress',
  success: 'success',
  failed: 'failure',
  canceled: 'cancelled',
  skipped: 'skipped',
};

/** The lookup of whatever speaks of a GitLab project. @internal */
export function gitlabLookup(path: string, component?: string): ServiceLookup {
  return {
    annotations: [{ annotation: 'gitlab.com/project-slug', value: path }],
    ...(component ? { component } : {}),
  };
}

// Only the link to the commit holds the whole hash.
function revisionOf(shortSha: string, commitUrl: string | undefined): string {
  const [, full] = /\/commit\/([0-9a-f]{40,64})$/i.exec(commitUrl ?? '') ?? [];
  const short = shortSha.toLowerCase();
  return full?.toLowerCase().startsWith(short) ? full.toLowerCase() : short;
}

/** `Deployment Hook`: an attempt went on or ended. @internal */
export function mapGitLabDeployment(body: unknown): MappedDelivery {
  return mapPayload(schema, body, event => {
    if (event.status === 'approved' || event.status === 'rejected') {
      return {
        ignored: `The deployment was ${event.status} by a person, and has neither begun nor ended.`,
      };
    }
    if (!Object.hasOwn(statuses, event.status)) {
      return {
        rejected: {
          field: 'status',
          message: `status must be one of ${Object.keys(statuses).join(
            ', ',
          )}, not "${event.status.slice(0, 60)}".`,
        },
      };
    }
    const status = statuses[event.status];
    const at = {
      queued: 'occurredAt',
      in_progress: 'startedAt',
      success: 'finishedAt',
      failure: 'finishedAt',
      cancelled: 'finishedAt',
      skipped: 'finishedAt',
    }[status];
    return {
      events: [
        {
          kind: 'deployment',
          id: event.deployment_id,
          source: 'gitlab',
          environment: event.environment,
          status,
          revision: revisionOf(event.short_sha, event.commit_url),
          [at]: event.status_changed_at,
          url: event.deployable_url,
          lookup: gitlabLookup(event.project.path_with_namespace),
        },
      ],
    };
  });
}
