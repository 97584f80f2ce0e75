import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoad } from '../../hooks';
import { refOfScope, type Scope } from '../../scope';

const FALLBACK = 'component:default/my-service';
const RELATIONS = { system: 'relations.partOf', team: 'relations.ownedBy' };

/** A component that an example can speak of; undefined while it is looked for. @internal */
export function useExampleService(scope: Scope): string | undefined {
  const catalog = useApi(catalogApiRef);
  const { result } = useLoad(`example ${JSON.stringify(scope)}`, async () => {
    if (scope.kind === 'service') return scope.ref;
    const { items } = await catalog.queryEntities({
      filter: {
        kind: 'Component',
        ...(scope.kind !== 'organisation' && {
          [RELATIONS[scope.kind]]: refOfScope(scope)!,
        }),
      },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: 1,
    });
    return items[0] ? stringifyEntityRef(items[0]) : FALLBACK;
  });
  if (result.state === 'loading') return undefined;
  return result.state === 'ready' ? result.value : FALLBACK;
}
