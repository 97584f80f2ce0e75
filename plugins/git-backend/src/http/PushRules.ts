import type { GitConfig } from '../config';
import type { Repository } from '../database/RepositoryStore';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import { findRefProblem } from '../names';
import { ZERO_SHA } from '../services/PushAnnouncer';
import { MAX_COMMANDS, type PushHead } from './pktLine';

/**
 * What may be pushed: branches and tags, within the limits, without rewriting or deleting the default branch.
 * @internal
 */
export class PushRules {
  readonly #folders: RepositoryFolders;
  readonly #limits: GitConfig['limits'];

  constructor(options: {
    folders: RepositoryFolders;
    limits: GitConfig['limits'];
  }) {
    this.#folders = options.folders;
    this.#limits = options.limits;
  }

  /** Why a push is refused before git sees it; undefined when nothing speaks against it. */
  async reasonAgainst(
    repository: Repository,
    head: PushHead,
  ): Promise<string | undefined> {
    if (head.tooMany) {
      return `one push changes at most ${MAX_COMMANDS} branches and tags; push them in several parts`;
    }
    for (const { ref, after } of head.commands) {
      // What is there with a name that is no longer allowed can be deleted.
      const deletes = after === ZERO_SHA && /^refs\/(heads|tags)\/./.test(ref);
      const problem = deletes ? undefined : findRefProblem(ref);
      if (problem) {
        return problem;
      }
    }
    if (
      head.commands.some(
        ({ ref, after }) =>
          after === ZERO_SHA &&
          ref === `refs/heads/${repository.defaultBranch}`,
      )
    ) {
      return `${repository.defaultBranch} is the default branch and cannot be deleted: the catalog, docs and deliveries read it`;
    }
    if (
      head.commands.some(({ after }) => after !== ZERO_SHA) &&
      (await this.#folders.size(repository)) >= this.#limits.repository
    ) {
      return `the repository has reached its limit of ${mebibytes(
        this.#limits.repository,
      )}; ask the platform team`;
    }
    return undefined;
  }

  /** Settings with which git receives this push. */
  async settings(
    repository: Repository,
    head: PushHead,
  ): Promise<Record<string, string>> {
    const left =
      this.#limits.repository - (await this.#folders.size(repository));
    const touchesDefault = head.commands.some(
      ({ ref }) => ref === `refs/heads/${repository.defaultBranch}`,
    );
    return {
      // One way to unpack, so that what is too large is refused in the same words.
      'receive.unpackLimit': '1',
      'receive.maxInputSize': String(
        Math.max(1, Math.min(this.#limits.push, left)),
      ),
      // The history of the default branch is what deliveries and metrics are computed from.
      'receive.denyNonFastForwards': String(touchesDefault),
      'receive.denyDeleteCurrent': 'refuse',
      'receive.denyCurrentBranch': 'ignore',
    };
  }
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
