import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { ScopeQuery } from './query/Filter';

/** The services that an answer is about. @internal */
export interface Scope {
  /** Undefined: all of them. */
  readonly serviceIds?: readonly number[];
  /** One service, asked for by name: no rollout can span several. */
  readonly single: boolean;
}

/** Finds the services of a component, system or team in the catalog. @internal */
export class ScopeResolver {
  constructor(
    private readonly database: Knex,
    private readonly catalog: CatalogService,
  ) {}

  /** @throws NotFoundError naming the parameter, where the catalog shows the caller no such entity */
  async resolve(
    query: ScopeQuery,
    credentials: BackstageCredentials,
  ): Promise<Scope> {
    if (query.kind === 'organisation') return { single: false };
    const entity = await this.catalog.getEntityByRef(query.ref, {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(
        `The parameter "${query.kind}" names ${query.ref}, which the catalog does not have, or not for you: check its name and namespace.`,
      );
    }
    const refs = await this.servicesOf(query, entity, credentials);
    const rows = await this.database('services')
      .whereRaw('ref = any(?)', [refs])
      .orderBy('id')
      .select<{ id: number }[]>('id');
    return {
      serviceIds: rows.map(row => row.id),
      single: query.kind === 'service',
    };
  }

  /** Whether the catalog has an entity, and shows it to the caller. */
  async isShown(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const entity = await this.catalog.getEntityByRef(ref, { credentials });
    return entity !== undefined;
  }

  private async servicesOf(
    query: Exclude<ScopeQuery, { kind: 'organisation' }>,
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const ref = stringifyEntityRef(entity);
    if (query.kind === 'service') return [ref];
    if (query.kind === 'system') {
      return this.components('relations.partOf', [ref], credentials);
    }
    const groups = await this.withChildren(entity, credentials);
    return this.components('relations.ownedBy', groups, credentials);
  }

  /** A group and all groups below it; a circle is walked once. */
  private async withChildren(
    group: Entity,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const seen = new Set([stringifyEntityRef(group)]);
    let level: Entity[] = [group];
    while (level.length > 0) {
      const next = level.flatMap(childrenOf).filter(ref => !seen.has(ref));
      const refs = [...new Set(next)];
      refs.forEach(ref => seen.add(ref));
      if (refs.length === 0) break;
      const { items } = await this.catalog.getEntitiesByRefs(
        { entityRefs: refs, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      level = items.filter(item => item !== undefined);
    }
    return [...seen];
  }

  private async components(
    relation: string,
    targets: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const refs: string[] = [];
    const pages = this.catalog.streamEntities(
      {
        filter: { kind: 'Component', [relation]: [...targets] },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        pageSize: 1000,
      },
      { credentials },
    );
    for await (const page of pages) {
      refs.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    return refs;
  }
}

function childrenOf(group: Entity): string[] {
  return (group.relations ?? [])
    .filter(relation => relation.type === 'parentOf')
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)));
}
