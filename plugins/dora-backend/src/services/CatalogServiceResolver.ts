import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { normaliseServiceRef } from '@waymark/plugin-dora-common';
import type { ServiceLookup } from '../sources/types';
import { chooseComponents } from './chooseComponents';
import { ExpiringCache } from './ExpiringCache';
import type { ResolvedServices, ServiceResolver } from './ServiceResolver';

const REFS_PER_REQUEST = 500;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
];

type Annotations = Readonly<Record<string, string>>;

/** Asks the catalog as this backend, and remembers its answers for a while. @internal */
export class CatalogServiceResolver implements ServiceResolver {
  readonly #annotations: ExpiringCache<Annotations | undefined>;
  readonly #carriers: ExpiringCache<readonly Entity[]>;

  constructor(
    private readonly options: {
      readonly auth: AuthService;
      readonly catalog: CatalogService;
      readonly now: () => number;
    },
  ) {
    this.#annotations = new ExpiringCache(options.now);
    this.#carriers = new ExpiringCache(options.now);
  }

  async existing(refs: readonly string[]): Promise<ReadonlySet<string>> {
    const missing = [...new Set(refs)].filter(
      ref => !this.#annotations.has(ref),
    );
    const found = new Set<string>();
    for (let at = 0; at < missing.length; at += REFS_PER_REQUEST) {
      await this.load(missing.slice(at, at + REFS_PER_REQUEST), found);
    }
    for (const ref of refs) {
      if (this.#annotations.get(ref)) found.add(ref);
    }
    return found;
  }

  async annotations(ref: string): Promise<Annotations | undefined> {
    await this.existing([ref]);
    return this.#annotations.get(ref);
  }

  async find(lookup: ServiceLookup): Promise<ResolvedServices> {
    const ref = lookup.ref && normaliseServiceRef(lookup.ref);
    if (ref && (await this.existing([ref])).has(ref)) return { found: [ref] };
    const entities = new Map<string, Entity>();
    for (const { annotation, value } of lookup.annotations) {
      for (const entity of await this.carriers(annotation, value)) {
        entities.set(stringifyEntityRef(entity), entity);
      }
    }
    return chooseComponents([...entities.values()], lookup);
  }

  forget(): void {
    this.#annotations.clear();
    this.#carriers.clear();
  }

  private async load(refs: string[], found: Set<string>): Promise<void> {
    const { items } = await this.options.catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: FIELDS },
      { credentials: await this.options.auth.getOwnServiceCredentials() },
    );
    refs.forEach((ref, index) => {
      const entity = items[index];
      const component = entity?.kind.toLocaleLowerCase('en-US') === 'component';
      if (component) found.add(ref);
      this.#annotations.set(
        ref,
        component ? entity.metadata.annotations ?? {} : undefined,
      );
    });
  }

  private async carriers(
    annotation: string,
    value: string,
  ): Promise<readonly Entity[]> {
    const key = JSON.stringify([annotation, value]);
    const known = this.#carriers.get(key);
    if (known) return known;
    const { items } = await this.options.catalog.getEntities(
      {
        filter: {
          kind: 'Component',
          [`metadata.annotations.${annotation}`]: value,
        },
        fields: FIELDS,
      },
      { credentials: await this.options.auth.getOwnServiceCredentials() },
    );
    this.#carriers.set(key, items);
    return items;
  }
}
