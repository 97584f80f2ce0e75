import {
  canonicalJson,
  Deployment,
  DoraEvent,
  eventInstant,
  Incident,
  mergeEvents,
} from '@waymark/plugin-dora-common';
import { createHash } from 'node:crypto';

/** The tables that are filled, with their columns in the order of the rows. */
export const COLUMNS = {
  deployments:
    'id, service_id, source, external_id, environment, production, status, revision, started_at, finished_at, rollout_id, remediates, hotfix, changes_state',
  changes: 'deployment_id, service_id, sha, committed_at, parents',
  incidents:
    'service_id, source, external_id, opened_at, intervals, open, deployment_ref',
  events:
    'kind, source, external_id, status, instant, service_refs, resolved_refs, body, content_hash, size, received_at, state',
} as const;

/** A table that is filled. */
export type Table = keyof typeof COLUMNS;

/** Rows in PostgreSQL's text format. */
export type Rows = Record<Table, string>;

/** The rows that the backend keeps of one service's events. */
export function rowsOf(
  serviceId: number,
  events: readonly DoraEvent[],
  nextDeploymentId: () => number,
): Rows {
  const { deployments, incidents } = mergeEvents(events);
  const rows: Rows = {
    deployments: '',
    changes: '',
    incidents: '',
    events: '',
  };
  for (const deployment of deployments) {
    const id = nextDeploymentId();
    rows.deployments += deploymentRow(id, serviceId, deployment);
    for (const change of deployment.changes ?? []) {
      rows.changes += line([
        id,
        serviceId,
        change.sha,
        instant(change.committedAt),
        `{${change.parents.join(',')}}`,
      ]);
    }
  }
  incidents.forEach(incident => {
    rows.incidents += incidentRow(serviceId, incident);
  });
  events.forEach(event => {
    rows.events += eventRow(event);
  });
  return rows;
}

function deploymentRow(id: number, serviceId: number, d: Deployment): string {
  return line([
    ...[id, serviceId, d.source, d.id, d.environment, 't', d.status],
    ...[d.revision, instant(d.startedAt), instant(d.finishedAt)],
    ...[d.rolloutId, d.remediates, d.hotfix ? 't' : 'f'],
    d.changes === undefined ? 'none' : 'given',
  ]);
}

function incidentRow(serviceId: number, { intervals, ...i }: Incident): string {
  return line([
    ...[serviceId, i.source, i.id, instant(intervals[0].openedAt)],
    JSON.stringify(intervals),
    intervals.at(-1)?.resolvedAt === undefined ? 't' : 'f',
    i.deployment,
  ]);
}

function eventRow(event: DoraEvent): string {
  const { kind, service, services, ...body } = event as DoraEvent & {
    service?: string;
    services?: readonly string[];
  };
  const text = JSON.stringify(body);
  const refs = `{${(services ?? [service]).join(',')}}`;
  const at = instant(eventInstant(event));
  return line([
    ...[kind, event.source, event.id, event.status, at, refs, refs],
    text,
    `\\\\x${createHash('sha256').update(canonicalJson(event)).digest('hex')}`,
    ...[text.length, at, 'processed'],
  ]);
}

function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** Nothing that is made up needs to be escaped. */
function line(values: readonly (string | number | undefined)[]): string {
  return `${values.map(value => value ?? '\\N').join('\t')}\n`;
}
