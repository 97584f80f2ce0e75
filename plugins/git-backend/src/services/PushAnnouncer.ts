import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { RefStore } from '../database/RefStore';
import type { Repository, RepositoryStore } from '../database/RepositoryStore';
import type { GitProcesses } from '../git/GitProcesses';
import { Lanes } from '../git/Lanes';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import { isAncestor, listRefs } from '../git/Revisions';
import type { CatalogRefresh } from './CatalogRefresh';

/** Topic of the event on every push. */
export const GIT_PUSH_TOPIC = 'git.push';

/** Stands for "nothing" where a branch or tag is made or removed, as in git's own protocol. */
export const ZERO_SHA = '0'.repeat(40);

/** Payload of an event on topic `git.push`: one branch or tag that changed. */
export type GitPushEvent = {
  owner: string;
  repo: string;
  /** Full name, for example `refs/heads/main`. */
  ref: string;
  /** Name of the branch; undefined for a tag. */
  branch?: string;
  defaultBranch: string;
  /** Forty zeros when the ref is new. */
  before: string;
  /** Forty zeros when the ref was deleted. */
  after: string;
  /** Entity ref of the person who pushed; undefined for the portal itself. */
  pusher?: string;
};

/** What a push wanted to change. */
export type RefCommand = {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
};

/**
 * Publishes an event for every branch or tag that changed since it was last announced. What is announced is recorded,
 * so a push whose client hung up, or after which the portal was killed, is announced all the same.
 * @internal
 */
export class PushAnnouncer {
  readonly #git: GitProcesses;
  readonly #folders: RepositoryFolders;
  readonly #repositories: RepositoryStore;
  readonly #refs: RefStore;
  readonly #events: EventsService;
  readonly #catalogRefresh: CatalogRefresh;
  readonly #logger: LoggerService;
  readonly #lanes = new Lanes();

  constructor(options: {
    git: GitProcesses;
    folders: RepositoryFolders;
    repositories: RepositoryStore;
    refs: RefStore;
    events: EventsService;
    catalogRefresh: CatalogRefresh;
    logger: LoggerService;
  }) {
    this.#git = options.git;
    this.#folders = options.folders;
    this.#repositories = options.repositories;
    this.#refs = options.refs;
    this.#events = options.events;
    this.#catalogRefresh = options.catalogRefresh;
    this.#logger = options.logger;
  }

  /** Announces what one push changed, and returns it. */
  async afterPush(
    repository: Repository,
    commands: readonly RefCommand[],
    pusher: string | undefined,
  ): Promise<RefCommand[]> {
    return this.#lanes.run(repository.id, async () => {
      const { announced, actual } = await this.#state(repository);
      const changes: RefCommand[] = [];
      for (const { ref, after: wanted } of commands) {
        const before = announced.get(ref) ?? ZERO_SHA;
        const after = actual.get(ref) ?? ZERO_SHA;
        const reached =
          wanted === after ||
          (wanted !== ZERO_SHA &&
            wanted !== before &&
            after !== ZERO_SHA &&
            (await this.#contains(repository, after, wanted)));
        if (before !== after && reached) {
          // Another push may have moved the ref on since; that one announces itself.
          changes.push({ ref, before, after: wanted });
        }
      }
      await this.#publish(repository, actual, changes, pusher);
      return changes;
    });
  }

  /** Announces whatever was pushed and not announced, by whomever. */
  async catchUp(repository: Repository): Promise<void> {
    await this.#lanes.run(repository.id, async () => {
      const { announced, actual } = await this.#state(repository);
      const changes = [...new Set([...announced.keys(), ...actual.keys()])]
        .map(ref => ({
          ref,
          before: announced.get(ref) ?? ZERO_SHA,
          after: actual.get(ref) ?? ZERO_SHA,
        }))
        .filter(change => change.before !== change.after);
      await this.#publish(repository, actual, changes, undefined);
    });
  }

  async #state(repository: Repository) {
    const refs = await listRefs(this.#git, this.#folders.path(repository));
    return {
      announced: await this.#refs.announced(repository.id),
      actual: new Map(refs.map(({ ref, sha }) => [ref, sha])),
    };
  }

  async #contains(
    repository: Repository,
    head: string,
    commit: string,
  ): Promise<boolean> {
    return isAncestor(this.#git, this.#folders.path(repository), commit, head);
  }

  async #publish(
    repository: Repository,
    actual: ReadonlyMap<string, string>,
    changes: readonly RefCommand[],
    pusher: string | undefined,
  ): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    const defaultBranch = await this.#defaultBranch(repository, actual);
    await this.#repositories.setPushed(repository.id);
    for (const change of changes) {
      if (branchOf(change.ref) === defaultBranch) {
        await this.#catalogRefresh.request(repository);
      }
      const payload: GitPushEvent = {
        owner: repository.owner,
        repo: repository.name,
        ref: change.ref,
        branch: branchOf(change.ref),
        defaultBranch,
        before: change.before,
        after: change.after,
        pusher,
      };
      await this.#events.publish({
        topic: GIT_PUSH_TOPIC,
        eventPayload: payload,
      });
      await this.#refs.record(
        repository.id,
        change.ref,
        change.after === ZERO_SHA ? undefined : change.after,
      );
      this.#logger.info(
        `Push to ${repository.owner}/${repository.name}: ${
          change.ref
        } ${change.before.slice(0, 8)}..${change.after.slice(0, 8)} by ${
          pusher ?? 'the portal'
        }`,
      );
    }
  }

  /** The first branch that is pushed becomes the default when the one meant was never made. */
  async #defaultBranch(
    repository: Repository,
    actual: ReadonlyMap<string, string>,
  ): Promise<string> {
    const branches = [...actual.keys()].flatMap(ref => branchOf(ref) ?? []);
    if (branches.length === 0 || branches.includes(repository.defaultBranch)) {
      return repository.defaultBranch;
    }
    const [first] = branches;
    await this.#git.run(['symbolic-ref', 'HEAD', `refs/heads/${first}`], {
      gitDir: this.#folders.path(repository),
    });
    await this.#repositories.setDefaultBranch(repository.id, first);
    return first;
  }
}

function branchOf(ref: string): string | undefined {
  return ref.startsWith('refs/heads/')
    ? ref.slice('refs/heads/'.length)
    : undefined;
}
