import { NotFoundError } from '@backstage/errors';
import {
  computeMetrics,
  type Deployment,
  type DeploymentFacts,
  deriveFacts,
  type DoraEvent,
  type Incident,
  mergeEvents,
  type MetricsAnswer,
} from '@waymark/plugin-dora-common';
import type {
  DeploymentDetail,
  DeploymentQuery,
  DeploymentRow,
  DoraApi,
  InboxItem,
  InboxState,
  IncidentRow,
  MetricsQuery,
  Page,
  Sources,
  WindowQuery,
} from '../api';
import type { Scope } from '../scope';
import { toDetail, toIncidentRow, toRow, type Known } from './rows';

const SAMPLE = {
  code: 'sample-data',
  count: 1,
  message: 'These deployments and incidents were made up to show the page.',
} as const;

const PAGE_SIZE = 100;

/** The backend in the browser: the same engine over events in memory. */
export class FakeDora implements DoraApi {
  private kept?: { events: readonly DoraEvent[]; known: readonly Known[] };

  constructor(
    private events: readonly DoraEvent[],
    private readonly options: {
      /** Entity references of the services of a system or team. */
      readonly servicesOf?: (scope: Scope) => readonly string[] | undefined;
      readonly inbox?: readonly InboxItem[];
      /** Says that the data is made up. */
      readonly sample?: boolean;
      /** Makes the network slow. */
      readonly delayMs?: number;
    } = {},
  ) {}

  async getBaseUrl(): Promise<string> {
    return 'http://localhost:7007/api/dora/v1';
  }

  async getMetrics(query: MetricsQuery): Promise<MetricsAnswer> {
    await this.pause();
    const { from, to, interval, timezone, environment } = query;
    const answer = computeMetrics({
      ...{ events: this.events, interval, timezone, environment },
      services: this.services(query.scope),
      window: { from, to },
      now: Date.now(),
    });
    return this.options.sample && this.events.length
      ? { ...answer, findings: [SAMPLE, ...answer.findings] }
      : answer;
  }

  async getDeployments(query: DeploymentQuery): Promise<Page<DeploymentRow>> {
    await this.pause();
    const rows = this.known()
      .filter(each => this.isAsked(query, each.deployment.service, each.at))
      .map(each => toRow(each, this.options.sample ?? false))
      .filter(row => query.show === undefined || row[query.show]);
    return page(rows, query);
  }

  async getDeployment(id: string): Promise<DeploymentDetail> {
    await this.pause();
    const known = this.known();
    const found = known.find(each => each.id === id);
    if (!found) {
      throw new NotFoundError(`There is no deployment ${id}.`);
    }
    return toDetail(found, known);
  }

  async getIncidents(
    query: WindowQuery & { readonly cursor?: string; readonly limit?: number },
  ): Promise<Page<IncidentRow>> {
    await this.pause();
    const known = this.known();
    const rows = mergeEvents(this.events)
      .incidents.filter(({ service, intervals }) =>
        this.isAsked(query, service, intervals[0].openedAt),
      )
      .map(incident => toIncidentRow(incident, known))
      .sort((a, b) => b.openedAt.localeCompare(a.openedAt));
    return page(rows, query);
  }

  async exportCsv(): Promise<Blob> {
    return new Blob(['id\n'], { type: 'text/csv' });
  }

  async getSources(): Promise<Sources> {
    return { items: [] };
  }

  async removeSamples(): Promise<void> {
    await this.pause();
    this.events = [];
  }

  async getInbox(query: {
    readonly state: InboxState;
  }): Promise<Page<InboxItem>> {
    await this.pause();
    const { inbox = [] } = this.options;
    return { items: inbox.filter(({ state }) => state === query.state) };
  }

  async replay(): Promise<void> {
    await this.pause();
  }

  async replayAll(): Promise<void> {
    await this.pause();
  }

  private services(scope: Scope): readonly string[] | undefined {
    return scope.kind === 'service'
      ? [scope.ref]
      : this.options.servicesOf?.(scope);
  }

  private isAsked(query: WindowQuery, service: string, at: number): boolean {
    const services = this.services(query.scope);
    return (
      (services?.includes(service) ?? true) &&
      at >= Date.parse(query.from) &&
      at < Date.parse(query.to)
    );
  }

  /** All deployments, latest first. */
  private known(): readonly Known[] {
    if (this.kept?.events !== this.events) {
      this.kept = { events: this.events, known: this.derive() };
    }
    return this.kept.known;
  }

  private derive(): readonly Known[] {
    const { deployments, incidents } = mergeEvents(this.events);
    const facts = [...groupByService(deployments, incidents)].flatMap(input =>
      deriveFacts(input),
    );
    const byKey = new Map<string, DeploymentFacts>(
      facts.map(each => [each.key, each]),
    );
    return deployments
      .map((deployment, index) => ({
        ...{ id: String(index + 1), deployment, incidents },
        at: deployment.finishedAt ?? deployment.startedAt ?? 0,
        facts: byKey.get(deployment.key),
      }))
      .sort((a, b) => b.at - a.at);
  }

  private pause(): Promise<void> {
    return new Promise(resolve =>
      setTimeout(resolve, this.options.delayMs ?? 0),
    );
  }
}

function groupByService(
  deployments: readonly Deployment[],
  incidents: readonly Incident[],
) {
  const services = new Set(deployments.map(({ service }) => service));
  return [...services].map(service => ({
    deployments: deployments.filter(each => each.service === service),
    incidents: incidents.filter(each => each.service === service),
  }));
}

function page<T>(
  rows: readonly T[],
  query: { readonly cursor?: string; readonly limit?: number },
): Page<T> {
  const start = Number(query.cursor ?? 0);
  const end = start + (query.limit ?? PAGE_SIZE);
  return {
    items: rows.slice(start, end),
    nextCursor: end < rows.length ? String(end) : undefined,
  };
}
