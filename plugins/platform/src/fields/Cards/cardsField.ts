import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Cards } from './Cards';

/** `ui:field: WaymarkCards`. @internal */
export const cardsField = createFormField({
  name: 'WaymarkCards',
  component: Cards,
});
