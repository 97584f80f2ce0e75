import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef } from '../api';
import { useLoad } from './useLoad';

/** What the signed-in person's teams may ask for. @internal */
export function useOfferings() {
  const api = useApi(platformApiRef);
  return useLoad('offerings', () => api.getOfferings());
}
