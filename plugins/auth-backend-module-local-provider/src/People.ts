import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** @internal */
export interface Person {
  /** Entity reference, such as `user:default/dev`. */
  readonly ref: string;
  readonly displayName: string;
  /** What the person does, from the entity's description. */
  readonly title?: string;
  readonly groups: readonly { readonly ref: string; readonly title: string }[];
}

/** @internal */
export const STILL_LOADING =
  'The people of the organisation are still being read into the catalog; try again in a few seconds';

/**
 * Lists the people of the catalog, in the order of their names.
 *
 * @throws ServiceUnavailableError while the catalog does not answer or holds nobody yet.
 * @internal
 */
export async function listPeople(options: {
  readonly catalog: CatalogService;
  readonly auth: AuthService;
}): Promise<Person[]> {
  const entities = await readOrganisation(options);
  const titles = new Map(
    entities
      .filter(({ kind }) => kind === 'Group')
      .map(group => [stringifyEntityRef(group), titleOf(group)]),
  );
  const people = entities
    .filter((entity): entity is UserEntity => entity.kind === 'User')
    .map(user => toPerson(user, titles));
  if (people.length === 0) throw new ServiceUnavailableError(STILL_LOADING);
  return people.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

async function readOrganisation({
  catalog,
  auth,
}: {
  readonly catalog: CatalogService;
  readonly auth: AuthService;
}): Promise<Entity[]> {
  try {
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      { filter: { kind: ['User', 'Group'] } },
      { credentials },
    );
    return items;
  } catch (error) {
    throw new ServiceUnavailableError(STILL_LOADING, error);
  }
}

function toPerson(user: UserEntity, titles: Map<string, string>): Person {
  const groups = (user.relations ?? [])
    .filter(({ type }) => type === RELATION_MEMBER_OF)
    .map(({ targetRef: ref }) => ({ ref, title: titles.get(ref) ?? ref }));
  return {
    ref: stringifyEntityRef(user),
    displayName: titleOf(user),
    title: user.metadata.description,
    groups,
  };
}

function titleOf(entity: Entity): string {
  const spec = entity.spec as { profile?: { displayName?: string } };
  return (
    spec.profile?.displayName ?? entity.metadata.title ?? entity.metadata.name
  );
}
