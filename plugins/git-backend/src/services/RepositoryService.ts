import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { Repository, RepositoryStore } from '../database/RepositoryStore';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import { checkNewRepositoryName, isName, type RepositoryName } from '../names';
import { type Actor, actorName } from './Actor';
import type { Organisation } from './Organisation';
import type { PushAnnouncer } from './PushAnnouncer';

const DEFAULT_BRANCH = 'main';
const MAX_DESCRIPTION = 2_000;

/**
 * Makes, finds and removes repositories; keeps record and folder together.
 * @internal
 */
export class RepositoryService {
  readonly #store: RepositoryStore;
  readonly #folders: RepositoryFolders;
  readonly #organisation: Organisation;
  readonly #announcer: PushAnnouncer;
  readonly #logger: LoggerService;

  constructor(options: {
    store: RepositoryStore;
    folders: RepositoryFolders;
    organisation: Organisation;
    announcer: PushAnnouncer;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#folders = options.folders;
    this.#organisation = options.organisation;
    this.#announcer = options.announcer;
    this.#logger = options.logger;
  }

  /** @throws NotFoundError, also for names that no repository can have. */
  async get(name: RepositoryName): Promise<Repository> {
    const found =
      isName(name.owner) && isName(name.name)
        ? await this.#store.find(name)
        : undefined;
    if (!found) {
      throw new NotFoundError(
        `There is no repository '${name.owner}/${name.name}'`,
      );
    }
    return found;
  }

  /**
   * Makes an empty repository for a group of the catalog.
   * @throws InputError for a name or owner that cannot be, NotAllowedError, ConflictError.
   */
  async create(
    options: RepositoryName & { description?: string; actor: Actor },
  ): Promise<Repository> {
    checkNewRepositoryName(options);
    if ((options.description?.length ?? 0) > MAX_DESCRIPTION) {
      throw new InputError(
        `The description has more than ${MAX_DESCRIPTION} characters; shorten it`,
      );
    }
    if (!(await this.#organisation.group(options.owner))) {
      throw new InputError(
        `'${options.owner}' is not a group of the catalog. A repository belongs to a team: use the name of a Group in the default namespace.`,
      );
    }
    await this.#organisation.checkMayCreate(options.actor, options.owner);
    const repository = await this.#store.insert({
      owner: options.owner,
      name: options.name,
      description: options.description ?? '',
      defaultBranch: DEFAULT_BRANCH,
      createdBy: actorName(options.actor),
    });
    try {
      await this.#folders.remove(repository);
      await this.#folders.create(repository, repository.defaultBranch);
    } catch (error) {
      await this.#store.delete(repository.id);
      throw error;
    }
    return repository;
  }

  /** Removes a repository with everything in it. */
  async delete(repository: Repository, actor: Actor): Promise<void> {
    await this.#organisation.checkMayWrite(actor, repository.owner);
    await this.#store.delete(repository.id);
    await this.#folders.remove(repository);
  }

  /** Puts right what an earlier run left half done, and announces pushes that it did not announce. */
  async recover(): Promise<void> {
    for (const repository of await this.#store.all()) {
      const label = `${repository.owner}/${repository.name}`;
      try {
        if (!(await this.#folders.exists(repository))) {
          this.#logger.warn(
            `The folder of repository ${label} is missing; an empty one was made`,
          );
          await this.#folders.create(repository, repository.defaultBranch);
        }
        await this.#folders.clear(repository, Date.now());
        await this.#announcer.catchUp(repository);
      } catch (error) {
        this.#logger.error(
          `Repository ${label} could not be checked`,
          error as Error,
        );
      }
    }
  }
}
