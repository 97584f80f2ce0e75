import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  Delivery,
  DeliveryDetail,
  DeliveryList,
  DeploymentStatus,
  DryRunResult,
  Offerings,
  PlatformRequest,
} from '@waymark/plugin-platform-common';
import type { DeliveryFilter, PlatformApi } from './PlatformApi';

const OFFERINGS_KEPT_FOR_MS = 30_000;

/** The {@link PlatformApi} over `/api/platform/v1`. @public */
export class PlatformClient implements PlatformApi {
  private offerings?: { at: number; value: Promise<Offerings> };

  constructor(
    private readonly options: {
      readonly discoveryApi: DiscoveryApi;
      readonly fetchApi: FetchApi;
    },
  ) {}

  getOfferings(): Promise<Offerings> {
    const now = Date.now();
    if (!this.offerings || now - this.offerings.at > OFFERINGS_KEPT_FOR_MS) {
      const value = this.request<Offerings>('/offerings');
      this.offerings = { at: now, value };
      value.catch(() => {
        this.offerings = undefined;
      });
    }
    return this.offerings.value;
  }

  dryRun(request: PlatformRequest): Promise<DryRunResult> {
    return this.request('/requests?dryRun=true', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
  }

  async getDeliveries(
    filter: DeliveryFilter,
    signal?: AbortSignal,
  ): Promise<readonly Delivery[]> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(filter)) {
      if (value) {
        query.set(key, value);
      }
    }
    const { items } = await this.request<DeliveryList>(`/deliveries?${query}`, {
      signal,
    });
    return items;
  }

  getDelivery(id: string, signal?: AbortSignal): Promise<DeliveryDetail> {
    return this.request(`/deliveries/${encodeURIComponent(id)}`, { signal });
  }

  async deliverAgain(namespace: string): Promise<void> {
    await this.request('/deliveries', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ namespace, retry: true }),
    });
  }

  getDeployment(
    namespace: string,
    component: string,
    signal?: AbortSignal,
  ): Promise<DeploymentStatus> {
    const path = [namespace, component].map(encodeURIComponent).join('/');
    return this.request(`/deployments/${path}`, { signal });
  }

  private async request<T>(path: string, init?: RequestInit): Promise<T> {
    const baseUrl = await this.options.discoveryApi.getBaseUrl('platform');
    const response = await this.options.fetchApi.fetch(
      `${baseUrl}/v1${path}`,
      init,
    );
    if (!response.ok) {
      throw await readError(response);
    }
    return response.json();
  }
}

/** The server's own sentence, instead of "Request failed with 403 Forbidden". */
async function readError(response: Response): Promise<Error> {
  const failure = await ResponseError.fromResponse(response);
  const error = new Error(failure.body.error.message, { cause: failure });
  error.name = failure.body.error.name;
  return error;
}
