import { parseEntityRef } from '@backstage/catalog-model';

/** What people call an entity: its name, with the namespace where it is not the default one. @internal */
export function entityName(ref: string): string {
  try {
    const { namespace, name } = parseEntityRef(ref, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    return ref;
  }
}

/** A revision as people compare it: hashes are cut to eight characters. @internal */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{12,}$/i.test(revision) ? revision.slice(0, 8) : revision;
}
