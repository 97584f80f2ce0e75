import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PlatformApi } from './PlatformApi';

/** The reference of the {@link PlatformApi}. @public */
export const platformApiRef = createApiRef<PlatformApi>({
  id: 'plugin.platform.client',
});
