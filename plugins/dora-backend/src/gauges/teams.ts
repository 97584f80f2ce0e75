import type { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ServiceReading } from './types';

const REFS_PER_REQUEST = 500;
const FIELDS = ['kind', 'relations'];

/**
 * The readings with the owners of their services. Services that the catalog
 * does not have any more are left out: nobody would know what they are.
 * @internal
 */
export async function withTeams(
  readings: readonly ServiceReading[],
  { auth, catalog }: { auth: AuthService; catalog: CatalogService },
): Promise<readonly ServiceReading[]> {
  const refs = [...new Set(readings.map(({ service }) => service))];
  const owners = new Map<string, string | undefined>();
  for (let at = 0; at < refs.length; at += REFS_PER_REQUEST) {
    const entityRefs = refs.slice(at, at + REFS_PER_REQUEST);
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    items.forEach((entity, index) => {
      if (!entity) return;
      const owner = entity.relations?.find(
        ({ type }) => type === RELATION_OWNED_BY,
      );
      owners.set(entityRefs[index], owner?.targetRef);
    });
  }
  return readings
    .filter(({ service }) => owners.has(service))
    .map(reading => ({ ...reading, team: owners.get(reading.service) }));
}
