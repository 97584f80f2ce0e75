import type { Interval, MetricsAnswer } from '@waymark/plugin-dora-common';
import type { Scope } from '../scope';
import type {
  DeploymentDetail,
  DeploymentRow,
  InboxItem,
  InboxState,
  IncidentRow,
  Page,
  Sources,
} from './answers';

/** Whose events, of which window; instants are ISO 8601, `to` is exclusive. @public */
export interface WindowQuery {
  readonly scope: Scope;
  /** Undefined: all production environments. */
  readonly environment?: string;
  readonly from: string;
  readonly to: string;
}

/** A window in buckets. @public */
export interface MetricsQuery extends WindowQuery {
  readonly interval: Interval;
  /** IANA time zone. */
  readonly timezone: string;
}

/** Which deployments of a window. @public */
export interface DeploymentQuery extends WindowQuery {
  readonly show?: 'failed' | 'rework';
  readonly cursor?: string;
  readonly limit?: number;
}

/**
 * The DORA backend as the pages use it.
 *
 * Every method rejects with an error whose message is the server's sentence.
 * @public
 */
export interface DoraApi {
  /** Where events are sent to, without a trailing slash. */
  getBaseUrl(): Promise<string>;
  getMetrics(query: MetricsQuery, signal?: AbortSignal): Promise<MetricsAnswer>;
  /** Latest first. */
  getDeployments(
    query: DeploymentQuery,
    signal?: AbortSignal,
  ): Promise<Page<DeploymentRow>>;
  getDeployment(id: string, signal?: AbortSignal): Promise<DeploymentDetail>;
  /** Latest first. */
  getIncidents(
    query: WindowQuery & { readonly cursor?: string; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<Page<IncidentRow>>;
  exportCsv(query: WindowQuery): Promise<Blob>;
  getSources(signal?: AbortSignal): Promise<Sources>;
  /** Removes everything that the source of sample data has sent. */
  removeSamples(): Promise<void>;
  getInbox(
    query: { readonly state: InboxState; readonly cursor?: string },
    signal?: AbortSignal,
  ): Promise<Page<InboxItem>>;
  replay(item: Pick<InboxItem, 'kind' | 'id'>): Promise<void>;
  replayAll(): Promise<void>;
}
