import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScmIntegrations } from '@backstage/integration';

/**
 * Which entities of the catalog have docs, and which come from a repository.
 *
 * @internal
 */
export class RepositoryEntities {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #integrations: ScmIntegrations;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    integrations: ScmIntegrations;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#integrations = options.integrations;
  }

  async withDocs(): Promise<Entity[]> {
    return await this.#query({
      'metadata.annotations.backstage.io/techdocs-ref': { $exists: true },
    });
  }

  /** Entities that were read from a repository of an embedded or other Gitea host. */
  async ofRepository(owner: string, repo: string): Promise<Entity[]> {
    const prefixes = this.#integrations.gitea
      .list()
      .map(({ config }) => config.baseUrl ?? `https://${config.host}`)
      .map(base => `url:${base.replace(/\/$/, '')}/${owner}/${repo}/`);
    if (prefixes.length === 0) {
      return [];
    }
    return await this.#query({
      $any: prefixes.map(prefix => ({
        'metadata.annotations.backstage.io/managed-by-location': {
          $hasPrefix: prefix,
        },
      })),
    });
  }

  async refresh(entityRef: string): Promise<void> {
    await this.#catalog.refreshEntity(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
  }

  async #query(query: FilterPredicate): Promise<Entity[]> {
    const stream = this.#catalog.streamEntities(
      {
        query,
        fields: [
          'kind',
          'apiVersion',
          'metadata.uid',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'metadata.annotations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const entities: Entity[] = [];
    for await (const page of stream) {
      entities.push(...page);
    }
    return entities;
  }
}

type Request = NonNullable<Parameters<CatalogService['streamEntities']>[0]>;
type FilterPredicate = NonNullable<Request['query']>;
