import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DoraApi } from './DoraApi';

/** The DORA backend. @public */
export const doraApiRef = createApiRef<DoraApi>({ id: 'plugin.dora.client' });
