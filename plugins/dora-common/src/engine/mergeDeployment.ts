import { canonicalJson, deploymentKey, eventInstant } from '../events';
import { instantOf } from '../events/instants';
import type { ChangeInput, DeploymentEvent } from '../events';
import type { Change, Deployment } from './facts';
import { inSourceOrder } from './sourceOrder';

/** Of two states reached at one instant, the later in this list is the newer. */
const PROGRESS: readonly DeploymentEvent['status'][] = [
  'queued',
  'in_progress',
  'skipped',
  'cancelled',
  'success',
  'failure',
];

/**
 * One attempt from all events that speak of it, in any order: what a later
 * event names replaces what an earlier one named; changes add up.
 * @public
 */
export function mergeDeployment(
  events: readonly DeploymentEvent[],
): Deployment {
  const ordered = inSourceOrder(events, {
    instant: eventInstant,
    rank: event => PROGRESS.indexOf(event.status),
    content: canonicalJson,
  });
  const { id, source, service, environment } = ordered[0];
  const { status } = ordered[ordered.length - 1];
  const last = <K extends keyof DeploymentEvent>(field: K) =>
    ordered.findLast(event => event[field] !== undefined)?.[field];
  const startedAt = last('startedAt');
  return {
    key: deploymentKey(ordered[0]),
    id,
    source,
    service,
    environment,
    status,
    revision: last('revision'),
    version: last('version'),
    startedAt:
      startedAt === undefined ? undefined : instantOf(startedAt, 'startedAt'),
    finishedAt: finishOf(ordered),
    rolloutId: last('rolloutId'),
    url: last('url'),
    remediates: last('remediates')?.deployment,
    hotfix: last('hotfix') ?? false,
    changes: changesOf(ordered),
  };
}

/**
 * When the last status was reached: as its events say; where they give no
 * `finishedAt`, when it was first told, so that repeating it moves nothing.
 */
function finishOf(ordered: readonly DeploymentEvent[]): number | undefined {
  const { status } = ordered[ordered.length - 1];
  if (status === 'queued' || status === 'in_progress') {
    return undefined;
  }
  const before = ordered.findLastIndex(event => event.status !== status);
  const run = ordered.slice(before + 1);
  const finished = run.findLast(event => event.finishedAt !== undefined);
  if (finished) {
    return instantOf(finished.finishedAt!, 'finishedAt');
  }
  const occurred = run.find(event => event.occurredAt !== undefined);
  return occurred && instantOf(occurred.occurredAt!, 'occurredAt');
}

function changesOf(
  ordered: readonly DeploymentEvent[],
): readonly Change[] | undefined {
  const known = ordered.filter(event => event.changes);
  if (known.length === 0) {
    return undefined;
  }
  const bySha = new Map<string, Change>();
  for (const change of known.flatMap(event => event.changes!)) {
    bySha.set(change.sha, toChange(change));
  }
  return [...bySha.values()];
}

function toChange(input: ChangeInput): Change {
  const { sha, committedAt, firstCommittedAt, pullRequest, parents } = input;
  return {
    sha,
    committedAt: instantOf(committedAt, 'changes.committedAt'),
    ...(firstCommittedAt !== undefined && {
      firstCommittedAt: instantOf(firstCommittedAt, 'changes.firstCommittedAt'),
    }),
    ...(pullRequest !== undefined && { pullRequest }),
    parents: parents ?? [],
  };
}
