import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryName } from '../names';
import type { GitProcesses } from './GitProcesses';
import { Lanes } from './Lanes';
import type { RepositoryFolders } from './RepositoryFolders';

/** Loose objects from which packing pays, as git itself has it. */
const LOOSE_OBJECTS = '6700';

/**
 * Packs repositories after pushes, one at a time and only when git finds it worthwhile.
 * @internal
 */
export class Maintenance {
  readonly #git: GitProcesses;
  readonly #folders: RepositoryFolders;
  readonly #logger: LoggerService;
  readonly #lanes = new Lanes();
  readonly #waiting = new Set<string>();

  constructor(options: {
    git: GitProcesses;
    folders: RepositoryFolders;
    logger: LoggerService;
  }) {
    this.#git = options.git;
    this.#folders = options.folders;
    this.#logger = options.logger;
  }

  schedule(repository: RepositoryName): void {
    const path = this.#folders.path(repository);
    if (this.#waiting.has(path)) {
      return;
    }
    this.#waiting.add(path);
    this.#lanes
      .run('all', async () => {
        this.#waiting.delete(path);
        await this.#git.run(['gc', '--auto', '--quiet'], {
          gitDir: path,
          config: { 'gc.auto': LOOSE_OBJECTS },
        });
      })
      .catch(error =>
        this.#logger.debug(
          `Packing ${repository.owner}/${repository.name} was left for the next push: ${error.message}`,
        ),
      );
  }
}
