import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef } from '../../api';
import { useLoad } from '../../hooks';
import { isUnderWay, REFRESH_MS } from './isUnderWay';

/** The deliveries of a component, newest first, watched closely while one is under way. @internal */
export function useDeliveries(component: string) {
  const api = useApi(platformApiRef);
  return useLoad(
    `deliveries ${component}`,
    signal => api.getDeliveries({ component }, signal),
    {
      refreshAfter: deliveries =>
        deliveries.some(isUnderWay) ? REFRESH_MS.underWay : REFRESH_MS.idle,
    },
  );
}
