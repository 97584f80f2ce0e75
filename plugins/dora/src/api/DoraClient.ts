import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { scopeParameter } from '../scope';
import type {
  DeploymentDetail,
  DeploymentRow,
  InboxItem,
  InboxState,
  IncidentRow,
  Page,
  Sources,
} from './answers';
import type {
  DeploymentQuery,
  DoraApi,
  MetricsQuery,
  WindowQuery,
} from './DoraApi';

/** The {@link DoraApi} over `/api/dora/v1`. @public */
export class DoraClient implements DoraApi {
  constructor(
    private readonly options: {
      readonly discoveryApi: DiscoveryApi;
      readonly fetchApi: FetchApi;
    },
  ) {}

  async getBaseUrl(): Promise<string> {
    return `${await this.options.discoveryApi.getBaseUrl('dora')}/v1`;
  }

  getMetrics(
    query: MetricsQuery,
    signal?: AbortSignal,
  ): Promise<MetricsAnswer> {
    const { interval, timezone } = query;
    return this.get(
      '/metrics',
      { ...windowParameters(query), interval, timezone },
      signal,
    );
  }

  getDeployments(
    query: DeploymentQuery,
    signal?: AbortSignal,
  ): Promise<Page<DeploymentRow>> {
    const { show, cursor, limit } = query;
    return this.get(
      '/deployments',
      { ...windowParameters(query), show, cursor, limit },
      signal,
    );
  }

  getDeployment(id: string, signal?: AbortSignal): Promise<DeploymentDetail> {
    return this.get(`/deployments/${encodeURIComponent(id)}`, {}, signal);
  }

  getIncidents(
    query: WindowQuery & { readonly cursor?: string; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<Page<IncidentRow>> {
    const { cursor, limit } = query;
    return this.get(
      '/incidents',
      { ...windowParameters(query), cursor, limit },
      signal,
    );
  }

  async exportCsv(query: WindowQuery): Promise<Blob> {
    const response = await this.fetch(
      `/export.csv${search(windowParameters(query))}`,
    );
    return response.blob();
  }

  getSources(signal?: AbortSignal): Promise<Sources> {
    return this.get('/sources', {}, signal);
  }

  async removeSamples(): Promise<void> {
    await this.fetch('/samples', { method: 'DELETE' });
  }

  getInbox(
    query: { readonly state: InboxState; readonly cursor?: string },
    signal?: AbortSignal,
  ): Promise<Page<InboxItem>> {
    return this.get('/inbox', query, signal);
  }

  async replay(item: Pick<InboxItem, 'kind' | 'id'>): Promise<void> {
    const path = [item.kind, item.id].map(encodeURIComponent).join('/');
    await this.fetch(`/inbox/${path}/replay`, { method: 'POST' });
  }

  async replayAll(): Promise<void> {
    await this.fetch('/inbox/replay', { method: 'POST' });
  }

  private async get<T>(
    path: string,
    parameters: Parameters,
    signal?: AbortSignal,
  ): Promise<T> {
    const response = await this.fetch(`${path}${search(parameters)}`, {
      signal,
    });
    return response.json();
  }

  private async fetch(path: string, init?: RequestInit): Promise<Response> {
    const response = await this.options.fetchApi.fetch(
      `${await this.getBaseUrl()}${path}`,
      init,
    );
    if (!response.ok) {
      throw await readError(response);
    }
    return response;
  }
}

type Parameters = Record<string, string | number | undefined>;

function windowParameters(query: WindowQuery): Parameters {
  const { scope, environment, from, to } = query;
  return { ...scopeParameter(scope), environment, from, to };
}

function search(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') {
      query.set(key, String(value));
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}

/** The server's own sentence, instead of "Request failed with 403 Forbidden". */
async function readError(response: Response): Promise<Error> {
  const failure = await ResponseError.fromResponse(response);
  const error = new Error(failure.body.error.message, { cause: failure });
  error.name = failure.body.error.name;
  return error;
}
