import { parseInstant } from './instants';
import type { EventProblem } from './parse';
import type { DeploymentBody, IncidentBody } from './schemas';

const DAY = 86_400_000;

/** What must hold between a deployment's fields, and in relation to the clock. @internal */
export function deploymentRules(
  body: DeploymentBody,
  now: number,
): EventProblem | undefined {
  const { status, startedAt, finishedAt, occurredAt, revision } = body;
  const finished = status !== 'queued' && status !== 'in_progress';
  if (finished && finishedAt === undefined && occurredAt === undefined) {
    return {
      field: 'finishedAt',
      message: `finishedAt is missing: a deployment of status ${status} needs it, or occurredAt`,
    };
  }
  if (status === 'success' && revision === undefined) {
    return {
      field: 'revision',
      message:
        'revision is missing: a successful deployment needs it to tell what went live',
    };
  }
  return (
    timesInRange({ startedAt, finishedAt, occurredAt }, now) ??
    inOrder({ startedAt, finishedAt }) ??
    changesInRange(body.changes, now)
  );
}

/** What must hold between an incident's fields, and in relation to the clock. @internal */
export function incidentRules(
  body: IncidentBody,
  now: number,
): EventProblem | undefined {
  const { status, openedAt, resolvedAt, occurredAt } = body;
  if (body.service === undefined && !body.services?.length) {
    return {
      field: 'service',
      message:
        'service is missing: an incident needs it, or services, to say what failed',
    };
  }
  if (status === 'resolved' && (resolvedAt ?? occurredAt) === undefined) {
    return {
      field: 'resolvedAt',
      message: 'resolvedAt is missing: an incident of status resolved needs it',
    };
  }
  if (status === 'open' && resolvedAt !== undefined && !occurredAt) {
    return {
      field: 'resolvedAt',
      message:
        'resolvedAt must not be given with status open, but for an incident that was opened again, with occurredAt',
    };
  }
  return (
    timesInRange({ openedAt, resolvedAt, occurredAt }, now) ??
    inOrder({ openedAt, resolvedAt }) ??
    inOrder({ openedAt, occurredAt })
  );
}

function changesInRange(
  changes: DeploymentBody['changes'],
  now: number,
): EventProblem | undefined {
  for (const [index, change] of (changes ?? []).entries()) {
    const { committedAt, firstCommittedAt } = change;
    const problem = timesInRange({ committedAt, firstCommittedAt }, now);
    if (problem) {
      return {
        field: `changes[${index}].${problem.field}`,
        message: `changes[${index}].${problem.message}`,
      };
    }
  }
  return undefined;
}

function timesInRange(
  times: Readonly<Record<string, string | undefined>>,
  now: number,
): EventProblem | undefined {
  for (const [field, given] of Object.entries(times)) {
    const instant = given === undefined ? 0 : parseInstant(given)!;
    if (instant < 0 || instant > now + DAY) {
      return {
        field,
        message: `${field} must be between 1970 and tomorrow, but is ${JSON.stringify(
          given,
        )}`,
      };
    }
  }
  return undefined;
}

/** The second of two times must not be before the first. */
function inOrder(
  times: Readonly<Record<string, string | undefined>>,
): EventProblem | undefined {
  const [[first, earlier], [field, later]] = Object.entries(times);
  if (earlier === undefined || later === undefined) {
    return undefined;
  }
  return parseInstant(later)! >= parseInstant(earlier)!
    ? undefined
    : {
        field,
        message: `${field} must not be before ${first} (${JSON.stringify(
          earlier,
        )}), but is ${JSON.stringify(later)}`,
      };
}
