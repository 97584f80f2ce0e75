/**
 * Runs work one at a time for each key, in the order in which it came.
 * @internal
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    this.#tails.set(key, result);
    try {
      return await result;
    } finally {
      if (this.#tails.get(key) === result) {
        this.#tails.delete(key);
      }
    }
  }
}
