import { useApi } from '@backstage/frontend-plugin-api';
import { doraApiRef } from '../api';

/** The DORA backend. @internal */
export const useDora = () => useApi(doraApiRef);
