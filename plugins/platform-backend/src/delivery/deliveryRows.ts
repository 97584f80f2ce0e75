import { isError } from '@backstage/errors';
import type {
  Delivery,
  DeliveryLogLine,
  DeliveryStatus,
} from '@waymark/plugin-platform-common';
import type { QueuedDelivery } from './DeliveryStore';

/** A row of `deliveries`; PostgreSQL answers bigints as strings. @internal */
export interface DeliveryRow {
  id: string;
  namespace: string;
  namespace_uid: string;
  component: string;
  owner: string;
  environment?: string | null;
  repository: string;
  revision: string;
  trigger: string;
  status: string;
  message?: string | null;
  created_at: number | string;
  started_at?: number | string | null;
  finished_at?: number | string | null;
  heartbeat_at?: number | string | null;
  rollout_id?: string | null;
  reported_at?: number | string | null;
}

/** A row of `delivery_log`. @internal */
export interface LogRow {
  id?: number;
  delivery_id: string;
  at: number | string;
  level: string;
  message: string;
}

/** Reads a row of `deliveries`. @internal */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    namespace: row.namespace,
    component: row.component,
    owner: row.owner,
    environment: row.environment ?? undefined,
    repository: row.repository,
    revision: row.revision,
    trigger: row.trigger as Delivery['trigger'],
    status: row.status as DeliveryStatus,
    message: row.message ?? undefined,
    createdAt: instant(row.created_at),
    startedAt: row.started_at ? instant(row.started_at) : undefined,
    finishedAt: row.finished_at ? instant(row.finished_at) : undefined,
  };
}

/** Reads a row of `deliveries` for a worker. @internal */
export function toQueuedDelivery(row: DeliveryRow): QueuedDelivery {
  return { ...toDelivery(row), namespaceUid: row.namespace_uid };
}

/** Reads a row of `delivery_log`. @internal */
export function toLogLine(row: LogRow): DeliveryLogLine {
  return {
    at: instant(row.at),
    level: row.level as DeliveryLogLine['level'],
    message: row.message,
  };
}

/** Whether PostgreSQL or SQLite refused a second row of the same key. @internal */
export function isUniqueViolation(error: unknown): boolean {
  return (
    isError(error) &&
    (error.code === '23505' || error.code === 'SQLITE_CONSTRAINT_UNIQUE')
  );
}

function instant(milliseconds: number | string): string {
  return new Date(Number(milliseconds)).toISOString();
}
