import {
  fetchApiRef,
  identityApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { Delivery } from '@waymark/plugin-platform-common';
import { Loaded, useLoad } from '../../../hooks';
import { fetchDeliveries } from '../../../api';

const WHILE_DELIVERING = 3_000;
const OTHERWISE = 20_000;

function isUnderWay({ status }: Delivery): boolean {
  return status === 'queued' || status === 'running';
}

/**
 * What was delivered for the person's teams, newest first, and kept up to date.
 *
 * @internal
 */
export function useMyDeliveries() {
  const fetchApi = useApi(fetchApiRef);
  const identityApi = useApi(identityApiRef);
  return useLoad(
    async signal => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const groups = ownershipEntityRefs.filter(ref =>
        ref.startsWith('group:'),
      );
      return fetchDeliveries(fetchApi, groups, signal);
    },
    [fetchApi, identityApi],
    {
      again: (last: Loaded<Delivery[]>) =>
        last.status === 'ready' && last.value.some(isUnderWay)
          ? WHILE_DELIVERING
          : OTHERWISE,
    },
  );
}
