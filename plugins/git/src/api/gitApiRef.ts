import { createApiRef } from '@backstage/frontend-plugin-api';
import type { GitApi } from './GitApi';

/** The reference of the {@link GitApi}. @public */
export const gitApiRef = createApiRef<GitApi>({ id: 'plugin.git.client' });
