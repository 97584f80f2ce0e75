import { deploymentKey, incidentKey } from '@waymark/plugin-dora-common';
import type {
  FactReasons,
  FactRow,
  StoredDeployment,
  StoredIncident,
} from './Job';

/** Columns of `facts f`. @internal */
export const FACT_COLUMNS = [
  'f.deployment_id::text',
  ...['view', 'service_id', 'finished_at', 'flags', 'changes_after'],
  ...['environment', 'lead_seconds', 'lead_more', 'impact_at', 'recovered_at'],
  ...['role', 'revision', 'rollout_id', 'reasons'],
  'f.touches::text[]',
]
  .map(column => (column.includes('.') ? column : `f.${column}`))
  .join(', ');

/** @internal */
export interface FactRecord {
  readonly deployment_id: string;
  readonly view: string;
  readonly service_id: number;
  readonly finished_at: Date;
  readonly flags: number;
  readonly changes_after: number;
  readonly environment: string | null;
  readonly lead_seconds: Buffer | null;
  readonly lead_more: Buffer | null;
  readonly impact_at: Date | null;
  readonly recovered_at: Date | null;
  readonly role: string;
  readonly revision: string | null;
  readonly rollout_id: string | null;
  readonly reasons: FactReasons | null;
  readonly touches: string[] | null;
}

/** @internal */
export function toFactRow(record: FactRecord): FactRow {
  return {
    deploymentId: record.deployment_id,
    view: record.view,
    serviceId: record.service_id,
    finishedAt: record.finished_at.getTime(),
    flags: record.flags,
    changesAfter: record.changes_after,
    environment: record.environment ?? undefined,
    lead: record.lead_seconds ?? undefined,
    leadMore: record.lead_more ?? undefined,
    impactAt: record.impact_at?.getTime(),
    recoveredAt: record.recovered_at?.getTime(),
    role: record.role,
    revision: record.revision ?? undefined,
    rolloutId: record.rollout_id ?? undefined,
    reasons: record.reasons ?? undefined,
    touches: record.touches ?? undefined,
  };
}

/** Columns of `deployments d`. @internal */
export const DEPLOYMENT_COLUMNS = [
  'd.id::text',
  ...['service_id', 'source', 'external_id', 'environment', 'status'],
  ...['revision', 'started_at', 'finished_at', 'rollout_id', 'remediates'],
  ...['hotfix', 'changes_state', 'base_revision', 'ancestor_of'],
]
  .map(column => (column.includes('.') ? column : `d.${column}`))
  .join(', ');

/** @internal */
export interface DeploymentRecord {
  readonly id: string;
  readonly service_id: number;
  /** Of the service. */
  readonly ref: string;
  /** Of the job that asked. */
  readonly view: string;
  readonly source: string;
  readonly external_id: string;
  readonly environment: string;
  readonly status: 'success' | 'failure';
  readonly revision: string | null;
  readonly finished_at: Date;
  readonly rollout_id: string | null;
  readonly remediates: string | null;
  readonly hotfix: boolean;
  readonly changes_state: string;
  readonly base_revision: string | null;
  readonly ancestor_of: string[] | null;
}

/** @internal */
export function toStoredDeployment(record: DeploymentRecord): StoredDeployment {
  const identity = {
    source: record.source,
    id: record.external_id,
    service: record.ref,
    environment: record.environment,
  };
  return {
    rowId: record.id,
    serviceId: record.service_id,
    changesState: record.changes_state,
    baseRevision: record.base_revision ?? undefined,
    deployment: {
      ...identity,
      key: deploymentKey(identity),
      status: record.status,
      revision: record.revision ?? undefined,
      finishedAt: record.finished_at.getTime(),
      rolloutId: record.rollout_id ?? undefined,
      remediates: record.remediates ?? undefined,
      hotfix: record.hotfix,
      ancestorOf: record.ancestor_of ?? undefined,
    },
  };
}

/** Columns of `incidents i`. @internal */
export const INCIDENT_COLUMNS =
  'i.id::text, i.service_id, i.source, i.external_id, i.intervals, i.deployment_ref, i.revision';

/** @internal */
export interface IncidentRecord {
  readonly id: string;
  readonly service_id: number;
  /** Of the service. */
  readonly ref: string;
  readonly source: string;
  readonly external_id: string;
  readonly intervals: { openedAt: number; resolvedAt?: number | null }[];
  readonly deployment_ref: string | null;
  readonly revision: string | null;
}

/** @internal */
export function toStoredIncident(record: IncidentRecord): StoredIncident {
  const identity = {
    source: record.source,
    id: record.external_id,
    service: record.ref,
  };
  return {
    rowId: record.id,
    serviceId: record.service_id,
    incident: {
      ...identity,
      key: incidentKey(identity),
      intervals: record.intervals.map(({ openedAt, resolvedAt }) => ({
        openedAt,
        ...(typeof resolvedAt === 'number' && { resolvedAt }),
      })),
      deployment: record.deployment_ref ?? undefined,
      revision: record.revision ?? undefined,
    },
  };
}
