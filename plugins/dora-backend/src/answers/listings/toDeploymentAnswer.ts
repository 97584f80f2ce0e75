import { percentiles, secondsBetween } from '@waymark/plugin-dora-common';
import { FLAGS } from '../../facts/flags';
import { decodeSamples } from '../../facts/samples';
import type { DeploymentRecord } from './DeploymentReader';
import {
  attribution,
  failureReason,
  reworkReason,
  type Named,
} from './sentences';
import type { DeploymentAnswer, LinkedIncidentAnswer } from './wire';

/** What the rows of a page have in common. @internal */
export interface PageContext {
  readonly named: Named;
  /** By row id of a deployment. */
  readonly changeCounts: ReadonlyMap<string, number>;
  readonly sampleSource?: string;
  readonly attributionHours: number;
}

/** A row of the listing, with the reasons in sentences. @internal */
export function toDeploymentAnswer(
  row: DeploymentRecord,
  context: PageContext,
): DeploymentAnswer {
  const speaks = row.fact_id === row.id;
  const flags = speaks ? row.flags! : 0;
  const { failures = [], rework = [] } = (speaks && row.reasons) || {};
  const incidents = failures.flatMap(({ incident }) => incident ?? []);
  return {
    id: row.id,
    externalId: row.external_id,
    source: row.source,
    service: row.ref,
    environment: row.environment,
    status: row.status,
    revision: row.revision,
    version: row.version,
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    rolloutId: row.rollout_id,
    url: row.url,
    role: speaks ? (row.role as DeploymentAnswer['role']) : null,
    counts: speaks,
    notCountedBecause: speaks ? null : notCounted(row, context),
    failed: (flags & FLAGS.failed) !== 0,
    failures: failures.map(({ kind }) => kind),
    failureReasons: failures.map(each => failureReason(each, context.named)),
    rework: (flags & FLAGS.rework) !== 0,
    reworkReasons: rework.map(each =>
      reworkReason(each, context.named, row.touches ?? []),
    ),
    changes: changesOf(row, speaks, context),
    recovery: speaks ? recoveryOf(row) : null,
    incidents: incidents.flatMap(id => incidentOf(id, row.id, context)),
    sample: row.source === context.sampleSource,
  };
}

/** What a row's reasons name. @internal */
export function namesOf(row: DeploymentRecord) {
  const { failures = [], rework = [] } = row.reasons ?? {};
  return {
    deployments: [
      ...failures.flatMap(({ by }) => by ?? []),
      ...rework.flatMap(({ to }) => to ?? []),
      ...(row.touches ?? []),
      ...(row.fact_id === null || row.fact_id === row.id ? [] : [row.fact_id]),
    ],
    incidents: failures.flatMap(({ incident }) => incident ?? []),
  };
}

function notCounted(row: DeploymentRecord, { named }: PageContext): string {
  if (row.fact_id !== null) {
    const last = named.deployments.get(row.fact_id)?.external_id;
    return `It is part of rollout ${
      row.rollout_id
    }, which counts once, when its last deployment ${last ?? ''} finished.`;
  }
  if (!row.production) {
    return `${row.environment} is not a production environment.`;
  }
  switch (row.status) {
    case 'success':
    case 'failure':
      return row.finished_at === null
        ? 'It is not known when it finished.'
        : 'It is being counted right now.';
    case 'cancelled':
    case 'skipped':
      return `It was ${row.status}.`;
    default:
      return 'It has not finished.';
  }
}

function changesOf(
  row: DeploymentRecord,
  speaks: boolean,
  { changeCounts }: PageContext,
): DeploymentAnswer['changes'] {
  const known = ['given', 'fetched'].includes(row.changes_state);
  const samples = speaks
    ? decodeSamples(row.lead_seconds, row.lead_more)
    : new Int32Array();
  return {
    state: row.changes_state,
    count: known ? changeCounts.get(row.id) ?? 0 : 0,
    samples: samples.length,
    medianSeconds: percentiles(samples, [0.5])?.[0] ?? null,
  };
}

function recoveryOf(row: DeploymentRecord): DeploymentAnswer['recovery'] {
  const { impact_at: impact, recovered_at: recovered } = row;
  if (impact === null) return null;
  return {
    impactAt: impact.toISOString(),
    recoveredAt: iso(recovered),
    seconds: recovered && secondsBetween(impact.getTime(), recovered.getTime()),
  };
}

function incidentOf(
  id: string,
  deployment: string,
  { named, attributionHours }: PageContext,
): LinkedIncidentAnswer[] {
  const incident = named.incidents.get(id);
  if (!incident) return [];
  const end = incident.intervals.at(-1)?.resolvedAt;
  return [
    {
      id,
      externalId: incident.external_id,
      source: incident.source,
      openedAt: incident.opened_at.toISOString(),
      resolvedAt: typeof end === 'number' ? new Date(end).toISOString() : null,
      title: incident.title,
      severity: incident.severity,
      url: incident.url,
      attribution: attribution(incident, deployment, attributionHours),
    },
  ];
}

/** @internal */
export function iso(date: Date | null): string | null {
  return date && date.toISOString();
}
