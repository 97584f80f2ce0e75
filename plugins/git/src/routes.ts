import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The list of repositories. @internal */
export const rootRouteRef = createRouteRef();
