import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import type { GitConfig } from '../config';
import type { RepositoryName } from '../names';

/**
 * Tells the catalog to read a repository again, so that a pushed catalog-info.yaml shows within seconds.
 * It takes effect where `catalog.scmEvents` is on.
 * @internal
 */
export class CatalogRefresh {
  readonly #scmEvents: CatalogScmEventsService;
  readonly #config: GitConfig;
  readonly #logger: LoggerService;

  constructor(options: {
    scmEvents: CatalogScmEventsService;
    config: GitConfig;
    logger: LoggerService;
  }) {
    this.#scmEvents = options.scmEvents;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  /** Never fails: without it, the catalog reads the repository on its next round. */
  async request({ owner, name }: RepositoryName): Promise<void> {
    try {
      await this.#scmEvents.publish([
        {
          type: 'repository.updated',
          url: `${this.#config.baseUrl}/${owner}/${name}`,
        },
      ]);
    } catch (error) {
      this.#logger.warn(
        `The catalog was not told of a push to ${owner}/${name}: ${error}`,
      );
    }
  }
}
