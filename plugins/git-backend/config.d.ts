import type { HumanDuration } from '@backstage/types';

export interface Config {
  /**
   * Embedded Git hosting. Without `git.directory` it is off.
   */
  git?: {
    /**
     * Folder that holds the bare repositories, absolute or relative to the working directory.
     * @visibility backend
     */
    directory?: string;

    /**
     * The account with which the portal itself reads and writes repositories.
     * The same username and password stand in `integrations.gitea`.
     */
    serviceAccount?: {
      /** @visibility backend */
      username: string;
      /** @visibility secret */
      password: string;
    };

    limits?: {
      /**
       * Largest push, for example `100 MiB` (the default).
       * @visibility backend
       */
      push?: string;
      /**
       * Largest repository on disk. Default `1 GiB`.
       * @visibility backend
       */
      repository?: string;
      /**
       * Largest file that the contents API answers with. Default `10 MiB`.
       * @visibility backend
       */
      file?: string;
      /**
       * Git processes at one time that serve clone, fetch and archive; pushes get half as many. Default 8.
       * @visibility backend
       */
      concurrency?: number;
      /**
       * After this time a clone, fetch, push or archive is ended. Default 10 minutes.
       * @visibility backend
       */
      transferTimeout?: HumanDuration;
    };

    tokens?: {
      /**
       * Lifetime of an access token for which none was chosen. Default 30 days.
       * @visibility backend
       */
      defaultLifetime?: HumanDuration;
      /**
       * Longest lifetime of an access token. Default 365 days.
       * @visibility backend
       */
      maxLifetime?: HumanDuration;
    };
  };
}
