import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { scopeOfEntity } from '../../scope';
import { Dashboard } from '../Dashboard';

/** The tab "DORA" of a component, a system or a group. @internal */
export function DoraContent() {
  const { entity } = useEntity();
  const scope = useMemo(() => scopeOfEntity(entity), [entity]);
  return scope ? <Dashboard scope={scope} /> : null;
}
