import {
  type Deployment,
  type DeploymentFacts,
  type FailureReason,
  type Incident,
  type ReworkReason,
} from '@waymark/plugin-dora-common';
import type {
  DeploymentDetail,
  DeploymentRow,
  IncidentRow,
  Reason,
} from '../api';

/** A deployment with what is derived of it. */
export interface Known {
  readonly id: string;
  readonly at: number;
  readonly deployment: Deployment;
  readonly facts?: DeploymentFacts;
  readonly incidents: readonly Incident[];
}

/** As `GET /deployments` tells it. */
export function toRow(known: Known, sample: boolean): DeploymentRow {
  const { id, deployment, facts, incidents } = known;
  const seconds = facts?.samples.map(each => each.seconds) ?? [];
  const failures = facts?.failures ?? [];
  return {
    ...{ id, sample, externalId: deployment.id },
    ...{ source: deployment.source, service: deployment.service },
    ...{ environment: deployment.environment, status: deployment.status },
    ...{ revision: deployment.revision, version: deployment.version },
    startedAt: iso(deployment.startedAt),
    finishedAt: iso(deployment.finishedAt),
    url: deployment.url,
    role: facts?.role,
    counts: facts !== undefined,
    failed: failures.length > 0,
    rework: (facts?.rework.length ?? 0) > 0,
    changes: {
      state: 'given',
      count: deployment.changes?.length ?? 0,
      samples: seconds.length,
      medianSeconds: middle(seconds),
    },
    incidents: failures.flatMap(each =>
      each.kind === 'incident'
        ? incidents
            .filter(({ key }) => key === each.incident)
            .map(incident => toIncidentRow(incident, []))
        : [],
    ),
  };
}

/** As `GET /deployments/:id` tells it. */
export function toDetail(
  known: Known,
  all: readonly Known[],
): DeploymentDetail {
  const { deployment, facts } = known;
  const lead = new Map(
    facts?.samples.map(({ sha, seconds }) => [sha, seconds]),
  );
  const idOf = (key: string) =>
    all.find(each => each.deployment.key === key)?.id;
  return {
    ...toRow(known, false),
    failureReasons: facts?.failures.map(each => failure(each, idOf)) ?? [],
    reworkReasons: facts?.rework.map(each => rework(each, idOf)) ?? [],
    changeList: (deployment.changes ?? []).map((change, index) => ({
      sha: change.sha,
      committedAt: iso(change.committedAt)!,
      leadSeconds: lead.get(change.sha),
      notCountedBecause: lead.has(change.sha)
        ? undefined
        : 'it was live before this deployment.',
      title: `Answer in ${120 - index * 7} ms instead of ${240 - index} ms`,
      author: 'Devon Reyes',
      url: `https://github.com/example/shop/commit/${change.sha}`,
      pullRequest: change.pullRequest,
    })),
  };
}

/** As `GET /incidents` tells it. */
export function toIncidentRow(
  incident: Incident,
  known: readonly Known[],
): IncidentRow {
  const { intervals } = incident;
  return {
    ...{ id: incident.key, externalId: incident.id, source: incident.source },
    ...{ service: incident.service, severity: incident.severity },
    title: incident.title,
    openedAt: iso(intervals[0].openedAt)!,
    resolvedAt: iso(intervals[intervals.length - 1].resolvedAt),
    deployment: known.find(({ facts }) =>
      facts?.failures.some(
        each => each.kind === 'incident' && each.incident === incident.key,
      ),
    )?.id,
  };
}

type IdOf = (key: string) => string | undefined;

function failure(reason: FailureReason, idOf: IdOf): Reason {
  switch (reason.kind) {
    case 'failed-attempt':
      return { code: reason.kind, message: 'It ended in failure.' };
    case 'incident':
      return { code: reason.kind, message: 'An incident is attributed to it.' };
    case 'rolled-back':
      return {
        code: reason.kind,
        message: 'It was rolled back by a later deployment.',
        deployment: idOf(reason.by),
      };
    default:
      return {
        code: reason.kind,
        message: 'A later deployment declares that it remediates it.',
        deployment: idOf(reason.by),
      };
  }
}

function rework(reason: ReworkReason, idOf: IdOf): Reason {
  switch (reason.kind) {
    case 'rollback':
      return {
        code: reason.kind,
        message: 'It rolled back to a revision that was live before.',
        deployment: idOf(reason.to),
      };
    case 'hotfix':
      return { code: reason.kind, message: 'Its sender calls it a hotfix.' };
    default:
      return {
        code: reason.kind,
        message: 'It declares that it remediates an earlier deployment.',
        deployment: idOf(reason.of),
      };
  }
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

function middle(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
