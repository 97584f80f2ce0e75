import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoad } from '../../../hooks';

const KINDS = [
  { kind: 'Component', title: 'Components' },
  { kind: 'API', title: 'APIs' },
  { kind: 'System', title: 'Systems' },
  { kind: 'Template', title: 'Templates' },
] as const;

const INTERVAL = 30_000;

/** @internal */
export interface CatalogCount {
  readonly kind: string;
  readonly title: string;
  readonly count: number;
}

/**
 * How many entities of the kinds that people look for the catalog holds.
 *
 * @internal
 */
export function useCatalogCounts() {
  const catalogApi = useApi(catalogApiRef);
  return useLoad(
    async (): Promise<CatalogCount[]> => {
      const { facets } = await catalogApi.getEntityFacets({ facets: ['kind'] });
      const counts = new Map(facets.kind?.map(f => [f.value, f.count]));
      return KINDS.map(({ kind, title }) => ({
        kind,
        title,
        count: counts.get(kind) ?? 0,
      }));
    },
    [catalogApi],
    { again: () => INTERVAL },
  );
}
