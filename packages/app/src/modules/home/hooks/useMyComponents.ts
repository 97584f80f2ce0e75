import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoad } from '../../../hooks';

/** How many rows the home page shows. */
const LIMIT = 8;

/**
 * The components of the person's teams, in the order of their names.
 *
 * @internal
 */
export function useMyComponents() {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  return useLoad(async () => {
    const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
    const { items, totalItems } = await catalogApi.queryEntities({
      filter: {
        kind: 'component',
        [`relations.${RELATION_OWNED_BY}`]: ownershipEntityRefs,
      },
      fields: ['kind', 'metadata', 'spec.type', 'spec.system', 'relations'],
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: LIMIT,
    });
    return { items, totalItems };
  }, [catalogApi, identityApi]);
}
