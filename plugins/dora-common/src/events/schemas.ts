import { z } from 'zod';
import { freeText, instant, name, service, sha, token, url } from './fields';
import type { DeploymentStatus } from './types';

/** The most changes that one event lists. @public */
export const MAX_CHANGES = 5000;

/** All statuses of a deployment. @public */
export const DEPLOYMENT_STATUSES: readonly DeploymentStatus[] = [
  'queued',
  'in_progress',
  'success',
  'failure',
  'cancelled',
  'skipped',
];

const change = z.object(
  {
    sha,
    committedAt: instant,
    firstCommittedAt: instant.optional(),
    pullRequest: z
      .int('a whole number from 1 to 2147483647')
      .min(1, 'a whole number from 1 to 2147483647')
      .max(2_147_483_647, 'a whole number from 1 to 2147483647')
      .optional(),
    parents: z
      .array(sha, 'an array of at most 50 commit hashes')
      .max(50, 'an array of at most 50 commit hashes')
      .optional(),
  },
  'an object with sha and committedAt',
);

const CHANGES_ERROR = `an array of at most ${MAX_CHANGES} changes`;

/** The body of `POST /deployments`, by field; see `parse.ts` for what holds between fields. @internal */
export const deploymentBody = z.object(
  {
    id: name(),
    source: name(),
    service,
    environment: name(100),
    status: z.enum(
      DEPLOYMENT_STATUSES as [DeploymentStatus],
      `one of ${DEPLOYMENT_STATUSES.join(', ')}`,
    ),
    revision: token().optional(),
    version: name().optional(),
    startedAt: instant.optional(),
    finishedAt: instant.optional(),
    occurredAt: instant.optional(),
    rolloutId: name().optional(),
    url: url.optional(),
    remediates: z
      .object(
        { deployment: name() },
        'an object with the id of a deployment, such as {"deployment": "run-8730"}',
      )
      .optional(),
    hotfix: z.boolean('true or false').optional(),
    changes: z
      .array(change, CHANGES_ERROR)
      .max(MAX_CHANGES, CHANGES_ERROR)
      .optional(),
  },
  'a JSON object',
);

const SERVICES_ERROR = 'an array of 1 to 100 entity references of Components';

/** The body of `POST /incidents`, by field. @internal */
export const incidentBody = z.object(
  {
    id: name(),
    source: name(),
    service: service.optional(),
    services: z
      .array(service, SERVICES_ERROR)
      .min(1, SERVICES_ERROR)
      .max(100, SERVICES_ERROR)
      .optional(),
    status: z.enum(['open', 'resolved'], 'one of open, resolved'),
    openedAt: instant,
    resolvedAt: instant.optional(),
    occurredAt: instant.optional(),
    deployment: name().optional(),
    revision: token().optional(),
    severity: name().optional(),
    title: freeText(500).optional(),
    url: url.optional(),
  },
  'a JSON object',
);

/** The body of a deployment as senders write it. @internal */
export type DeploymentBody = z.infer<typeof deploymentBody>;

/** The body of an incident as senders write it. @internal */
export type IncidentBody = z.infer<typeof incidentBody>;
