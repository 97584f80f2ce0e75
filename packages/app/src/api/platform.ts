import { FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  Delivery,
  DeliveryList,
  PlatformStatus,
} from '@waymark/plugin-platform-common';

/**
 * How cluster, Git host and docs are doing.
 *
 * @internal
 */
export async function fetchPlatformStatus(
  { fetch }: FetchApi,
  signal: AbortSignal,
): Promise<PlatformStatus> {
  return get(fetch, 'plugin://platform/v1/status', signal);
}

/**
 * The deliveries of all these owners, newest first.
 *
 * @internal
 */
export async function fetchDeliveries(
  { fetch }: FetchApi,
  owners: readonly string[],
  signal: AbortSignal,
): Promise<Delivery[]> {
  const lists = await Promise.all(
    owners.map(owner => {
      const query = new URLSearchParams({ owner });
      const url = `plugin://platform/v1/deliveries?${query}`;
      return get<DeliveryList>(fetch, url, signal);
    }),
  );
  return lists
    .flatMap(({ items }) => items)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

async function get<T>(
  fetch: FetchApi['fetch'],
  url: string,
  signal: AbortSignal,
): Promise<T> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return response.json();
}
