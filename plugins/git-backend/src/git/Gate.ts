import { ServiceUnavailableError } from '@backstage/errors';

/** Who wants to enter, and a signal that ends the wait. */
export type Entry = {
  /** A person, of whom only some may be inside; undefined for the portal itself. */
  readonly person?: string;
  readonly signal?: AbortSignal;
};

type Waiting = { readonly person?: string; readonly enter: () => void };

/**
 * Lets a number of callers in at one time and a few more wait. No person gets more than a share of either,
 * so that others always find a place.
 * @internal
 */
export class Gate {
  readonly #places: number;
  readonly #placesEach: number;
  readonly #maxWaiting: number;
  readonly #inside = new Map<string | undefined, number>();
  readonly #queue: Waiting[] = [];
  #taken = 0;

  constructor(options: {
    places: number;
    maxWaiting: number;
    /** Half of the places where it is not given. */
    placesEach?: number;
  }) {
    this.#places = options.places;
    this.#maxWaiting = options.maxWaiting;
    this.#placesEach =
      options.placesEach ?? Math.max(1, Math.floor(options.places / 2));
  }

  /**
   * Waits for a place and returns the function that gives it back.
   * @throws ServiceUnavailableError when too many wait already.
   */
  async enter(entry: Entry = {}): Promise<() => void> {
    const { person, signal } = entry;
    signal?.throwIfAborted();
    if (this.#hasPlaceFor(person)) {
      this.#take(person);
    } else {
      await this.#wait(entry);
    }
    let left = false;
    return () => {
      if (!left) {
        left = true;
        this.#leave(person);
      }
    };
  }

  #hasPlaceFor(person: string | undefined): boolean {
    return (
      this.#taken < this.#places &&
      (person === undefined ||
        (this.#inside.get(person) ?? 0) < this.#placesEach)
    );
  }

  #take(person: string | undefined): void {
    this.#taken += 1;
    this.#inside.set(person, (this.#inside.get(person) ?? 0) + 1);
  }

  #wait({ person, signal }: Entry): Promise<void> {
    const own = this.#queue.filter(waiting => waiting.person === person);
    if (
      this.#queue.length >= this.#maxWaiting ||
      (person !== undefined && own.length >= Math.ceil(this.#maxWaiting / 2))
    ) {
      throw new ServiceUnavailableError(
        'Too many Git transfers run at this moment; try again in a few seconds',
      );
    }
    return new Promise((resolve, reject) => {
      const place: Waiting = { person, enter: resolve };
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

  #leave(person: string | undefined): void {
    this.#taken -= 1;
    const left = (this.#inside.get(person) ?? 1) - 1;
    if (left > 0) {
      this.#inside.set(person, left);
    } else {
      this.#inside.delete(person);
    }
    const index = this.#queue.findIndex(waiting =>
      this.#hasPlaceFor(waiting.person),
    );
    if (index >= 0) {
      const [next] = this.#queue.splice(index, 1);
      this.#take(next.person);
      next.enter();
    }
  }
}
