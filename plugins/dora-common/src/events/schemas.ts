import { z } from 'zod';
import {
  freeText,
  instant,
  name,
  service,
  services,
  sha,
  shas,
  token,
  unread,
  url,
} from './fields';
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

/** A commit in the body of a deployment. @internal */
export const changeBody = z.object(
  {
    sha,
    committedAt: instant,
    firstCommittedAt: instant.optional(),
    pullRequest: z
      .int('a whole number from 1 to 2147483647')
      .min(1, 'a whole number from 1 to 2147483647')
      .max(2_147_483_647, 'a whole number from 1 to 2147483647')
      .optional(),
    parents: shas(50).optional(),
  },
  'an object with sha and committedAt',
);

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
    /** Read one by one with {@link changeBody}. */
    changes: unread(MAX_CHANGES, 'changes').optional(),
  },
  'a JSON object',
);

/** The body of `POST /incidents`, by field. @internal */
export const incidentBody = z.object(
  {
    id: name(),
    source: name(),
    service: service.optional(),
    services: services.optional(),
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

/** A commit as senders write it. @internal */
export type ChangeBody = z.infer<typeof changeBody>;

/** The body of a deployment as senders write it, its changes read as well. @internal */
export type DeploymentBody = Omit<z.infer<typeof deploymentBody>, 'changes'> & {
  readonly changes?: readonly ChangeBody[];
};

/** The body of an incident as senders write it. @internal */
export type IncidentBody = z.infer<typeof incidentBody>;
