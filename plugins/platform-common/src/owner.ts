import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The full entity reference of an owning group, from a reference or a bare
 * name; undefined for what cannot be a group.
 * @public
 */
export function normalizeOwner(owner: string): string | undefined {
  try {
    const ref = parseEntityRef(owner, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return ref.kind.toLocaleLowerCase('en-US') === 'group'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The name of the group that an entity reference points at. @public */
export function ownerName(ownerRef: string): string {
  return parseEntityRef(ownerRef).name;
}
