import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';

/** Whose metrics are asked for; `ref` is an entity reference. @public */
export type Scope =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'service' | 'system' | 'team'; readonly ref: string };

/** Everything that the backend has heard of. @internal */
export const ORGANISATION: Scope = { kind: 'organisation' };

const KINDS: Record<string, 'service' | 'system' | 'team'> = {
  component: 'service',
  system: 'system',
  group: 'team',
};

/** What an entity's page asks for; undefined for kinds without metrics. @internal */
export function scopeOfEntity(entity: Entity): Scope | undefined {
  return scopeOfRef(stringifyEntityRef(entity));
}

/** What a full entity reference stands for; undefined for kinds without metrics. @internal */
export function scopeOfRef(ref: string): Scope | undefined {
  const match = /^([a-z]+):[^:/\s]+\/[^:/\s]+$/.exec(ref.toLowerCase());
  const kind = match ? KINDS[match[1]] : undefined;
  return kind && { kind, ref: ref.toLowerCase() };
}

/** The entity of a scope; undefined for the organisation. @internal */
export function refOfScope(scope: Scope): string | undefined {
  return scope.kind === 'organisation' ? undefined : scope.ref;
}

/** The query parameter of the API that stands for a scope. @internal */
export function scopeParameter(scope: Scope): Record<string, string> {
  return scope.kind === 'organisation' ? {} : { [scope.kind]: scope.ref };
}
