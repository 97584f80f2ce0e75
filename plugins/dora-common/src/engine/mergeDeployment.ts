import { canonicalJson, deploymentKey, eventInstant } from '../events';
import { instantOf, toldAt } from '../events/instants';
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

const isTerminal = ({ status }: DeploymentEvent) =>
  status !== 'queued' && status !== 'in_progress';

/**
 * One attempt from all events that speak of it, in any order: what a later
 * event names replaces what an earlier one named; changes add up.
 *
 * Later is what has the later instant (`finishedAt`, else `occurredAt`, else
 * `startedAt`). At one instant an end is later than the way there, and of two
 * ends the one with the later `occurredAt`: that is how a sender corrects what
 * it said of one finish. A finished attempt stays finished until a later end
 * replaces it; what is told of a rerun counts once that has ended as well.
 * @public
 */
export function mergeDeployment(
  events: readonly DeploymentEvent[],
): Deployment {
  const ordered = inSourceOrder(events, {
    marks: event => [
      eventInstant(event),
      isTerminal(event) ? 1 : 0,
      toldAt(event),
      PROGRESS.indexOf(event.status),
    ],
    content: canonicalJson,
  });
  return foldDeployment(
    ordered.slice(0, ordered.findLastIndex(isTerminal) + 1 || undefined),
  );
}

/** Of at least one event. */
function foldDeployment(ordered: readonly DeploymentEvent[]): Deployment {
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
  const end = ordered[ordered.length - 1];
  if (!isTerminal(end)) {
    return undefined;
  }
  const { status } = end;
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
