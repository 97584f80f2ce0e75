import { fetchApiRef, useApi } from '@backstage/core-plugin-api';
import { PlatformStatus } from '@waymark/plugin-platform-common';
import { Loaded, useLoad } from '../../../hooks';
import { fetchPlatformStatus } from '../../../api';

const WHILE_STARTING = 3_000;
const OTHERWISE = 30_000;

/**
 * How the platform is doing, live: often while something still comes up, now and then after.
 *
 * @internal
 */
export function usePlatformStatus() {
  const fetchApi = useApi(fetchApiRef);
  return useLoad(signal => fetchPlatformStatus(fetchApi, signal), [fetchApi], {
    again: (last: Loaded<PlatformStatus>) =>
      last.status === 'ready' &&
      last.value.cluster.state === 'ready' &&
      last.value.docs.state === 'ready'
        ? OTHERWISE
        : WHILE_STARTING,
  });
}
