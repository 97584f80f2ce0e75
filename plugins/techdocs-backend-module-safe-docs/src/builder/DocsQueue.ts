import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';

// Often at first: local mode may still be fetching mkdocs.
const RETRY_SECONDS = [15, 30, 30, 60, 60, 300, 900];
/** Errors that only a change in the repository mends. */
const FINAL = new Set(['InputError', 'NotAllowedError']);

interface DocsState {
  readonly dueAt: number;
  readonly failures: number;
}

/**
 * Decides whose docs are built when, one at a time: new entities and pushes at once, failures
 * later and later, everything else now and then.
 *
 * @internal
 */
export class DocsQueue {
  readonly #options: {
    build: (entity: Entity) => Promise<'built' | 'unchanged'>;
    /** Milliseconds. */
    recheckAfter: number;
    logger: LoggerService;
    now?: () => number;
  };
  readonly #states = new Map<string, DocsState>();
  readonly #waiting = new Map<string, Entity>();
  #running: Promise<void> | undefined;

  constructor(options: {
    build: (entity: Entity) => Promise<'built' | 'unchanged'>;
    recheckAfter: number;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#options = options;
  }

  /** Builds the docs of those entities that are due, and forgets entities that are gone. */
  async addDue(entities: readonly Entity[]): Promise<void> {
    const refs = new Set(entities.map(entity => stringifyEntityRef(entity)));
    for (const ref of this.#states.keys()) {
      if (!refs.has(ref)) {
        this.#states.delete(ref);
      }
    }
    await this.add(
      entities.filter(entity => {
        const state = this.#states.get(stringifyEntityRef(entity));
        return !state || state.dueAt <= this.#now();
      }),
    );
  }

  /** Builds the docs of these entities now, whatever happened before. */
  async add(entities: readonly Entity[]): Promise<void> {
    for (const entity of entities) {
      this.#waiting.set(stringifyEntityRef(entity), entity);
    }
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      const next = this.#waiting.entries().next();
      if (next.done) {
        return;
      }
      const [ref, entity] = next.value;
      this.#waiting.delete(ref);
      await this.#build(ref, entity);
    }
  }

  async #build(ref: string, entity: Entity): Promise<void> {
    const { logger, recheckAfter } = this.#options;
    const started = this.#now();
    try {
      const result = await this.#options.build(entity);
      this.#states.set(ref, { dueAt: this.#now() + recheckAfter, failures: 0 });
      if (result === 'built') {
        logger.info(
          `Built the docs of ${ref} in ${(
            (this.#now() - started) /
            1000
          ).toFixed(1)} s`,
        );
      }
    } catch (error) {
      const failures = (this.#states.get(ref)?.failures ?? 0) + 1;
      const isFinal = isError(error) && FINAL.has(error.name);
      const wait = isFinal
        ? recheckAfter
        : RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1] * 1000;
      this.#states.set(ref, { dueAt: this.#now() + wait, failures });
      logger.warn(
        `The docs of ${ref} are not built: ${
          isError(error) ? error.message : error
        } Next try after the next push or in ${Math.round(wait / 1000)} s.`,
      );
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
