import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ForwardedError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Actor } from './Actor';

/** For how long an answer of the catalog is believed. */
const CACHE_MS = 10_000;

/**
 * Who belongs to which team, by the catalog.
 * @internal
 */
export class Organisation {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #administrators: ReadonlySet<string>;
  readonly #cache = new Map<
    string,
    { until: number; entity: Promise<Entity | undefined> }
  >();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    administrators: readonly string[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#administrators = new Set(
      options.administrators.map(ref => ref.toLocaleLowerCase('en-US')),
    );
  }

  /** The Group that owns repositories under a name. */
  async group(owner: string): Promise<Entity | undefined> {
    return this.#entity(`group:default/${owner}`);
  }

  async userExists(userRef: string): Promise<boolean> {
    return (await this.#entity(userRef)) !== undefined;
  }

  /** Whether an actor may write what a group owns: a member, an administrator, or a service of the portal. */
  async mayWrite(actor: Actor, owner: string): Promise<boolean> {
    return (
      actor.type === 'service' ||
      (await this.#isOneOf(
        actor.userRef,
        new Set([...this.#administrators, `group:default/${owner}`]),
      ))
    );
  }

  /** @throws NotAllowedError that says who may. */
  async checkMayWrite(actor: Actor, owner: string): Promise<void> {
    if (!(await this.mayWrite(actor, owner))) {
      throw new NotAllowedError(
        `${
          actor.type === 'user' ? actor.userRef : actor.subject
        } is not a member of group:default/${owner}. Only its members and the platform team may change its repositories.`,
      );
    }
  }

  /**
   * Refuses to make something for a group that one is not a member of, as the platform's requests do;
   * administrators are no exception. A service of the portal has asked already.
   * @throws NotAllowedError that says who may.
   */
  async checkMayCreate(actor: Actor, owner: string): Promise<void> {
    const group = `group:default/${owner}`;
    if (
      actor.type === 'user' &&
      !(await this.#isOneOf(actor.userRef, new Set([group])))
    ) {
      throw new NotAllowedError(
        `${actor.userRef} is not a member of ${group}. Only its members may make repositories for it; ask one of them.`,
      );
    }
  }

  /** Whether a person is one of these people, or a member of one of these groups. */
  async #isOneOf(userRef: string, refs: ReadonlySet<string>): Promise<boolean> {
    const user = await this.#entity(userRef);
    if (!user) {
      return false;
    }
    const groups = (user.relations ?? [])
      .filter(relation => relation.type === RELATION_MEMBER_OF)
      .map(relation => relation.targetRef);
    return [stringifyEntityRef(user), ...groups].some(ref =>
      refs.has(ref.toLocaleLowerCase('en-US')),
    );
  }

  async #entity(ref: string): Promise<Entity | undefined> {
    const now = Date.now();
    const cached = this.#cache.get(ref);
    if (cached && cached.until > now) {
      return cached.entity;
    }
    if (this.#cache.size > 1_000) {
      this.#cache.clear();
    }
    const entity = this.#read(ref);
    this.#cache.set(ref, { until: now + CACHE_MS, entity });
    // What is not there, or could not be read, may be there on the next try.
    entity.then(
      found => found ?? this.#cache.delete(ref),
      () => this.#cache.delete(ref),
    );
    return entity;
  }

  async #read(ref: string): Promise<Entity | undefined> {
    try {
      return await this.#catalog.getEntityByRef(ref, {
        credentials: await this.#auth.getOwnServiceCredentials(),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        'The catalog cannot say who belongs to which team at this moment; try again in a few seconds',
        new ForwardedError('Reading the catalog failed', error),
      );
    }
  }
}
