import { HumanDuration } from '@backstage/types';

export interface Config {
  techdocs?: {
    safeDocs?: {
      /**
       * The mkdocs program that renders the docs: a name on the PATH or an absolute path.
       * Default: `mkdocs`.
       * @visibility backend
       */
      command?: string;
      /**
       * How long one rendering may take before it is ended. Default: one minute.
       * @visibility backend
       */
      timeout?: HumanDuration | string;
      /**
       * The most files that the docs of one repository may have. Default: 2000.
       * @visibility backend
       */
      maxFiles?: number;
      /**
       * The most bytes that the docs of one repository may have, images included. Default: 50 MiB.
       * @visibility backend
       */
      maxBytes?: number;
      builder?: {
        /**
         * Whether docs are built as soon as an entity is registered and after each push, instead of
         * when somebody opens them. Default: true where `techdocs.builder` is `local`.
         * @visibility backend
         */
        enabled?: boolean;
        /**
         * How often the catalog is asked for entities whose docs are not built yet.
         * Default: ten seconds.
         * @visibility backend
         */
        frequency?: HumanDuration | string;
        /**
         * After what time the docs of an entity are compared with its repository again, for hosts
         * that send no push event. Default: thirty minutes.
         * @visibility backend
         */
        recheckAfter?: HumanDuration | string;
      };
    };
  };
}
