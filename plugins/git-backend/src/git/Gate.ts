import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Lets a number of callers in at one time and a few more wait.
 * @internal
 */
export class Gate {
  #free: number;
  readonly #queue: Array<{ readonly enter: () => void }> = [];
  readonly #maxWaiting: number;

  constructor(options: { places: number; maxWaiting: number }) {
    this.#free = options.places;
    this.#maxWaiting = options.maxWaiting;
  }

  /**
   * Waits for a place and returns the function that gives it back.
   * @throws ServiceUnavailableError when too many wait already.
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await this.#wait(signal);
    }
    let left = false;
    return () => {
      if (!left) {
        left = true;
        this.#leave();
      }
    };
  }

  #wait(signal?: AbortSignal): Promise<void> {
    if (this.#queue.length >= this.#maxWaiting) {
      throw new ServiceUnavailableError(
        'Too many Git transfers run at this moment; try again in a few seconds',
      );
    }
    return new Promise((resolve, reject) => {
      const place = { enter: resolve };
      const onAbort = () => {
        const index = this.#queue.indexOf(place);
        if (index >= 0) {
          this.#queue.splice(index, 1);
          reject(signal?.reason);
        }
      };
      this.#queue.push(place);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next) {
      next.enter();
    } else {
      this.#free += 1;
    }
  }
}
