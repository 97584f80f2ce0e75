import { DiscoveryApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';

/** @internal */
export interface Person {
  readonly ref: string;
  readonly displayName: string;
  readonly title?: string;
  readonly groups: readonly { readonly ref: string; readonly title: string }[];
}

/**
 * Who can sign in on this machine.
 *
 * @internal
 */
export async function fetchPeople(
  discoveryApi: DiscoveryApi,
  signal: AbortSignal,
): Promise<Person[]> {
  const baseUrl = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${baseUrl}/local/people`, { signal });
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return ((await response.json()) as { people: Person[] }).people;
}
