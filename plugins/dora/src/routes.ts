import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The organisation's metrics. @internal */
export const rootRouteRef = createRouteRef();
