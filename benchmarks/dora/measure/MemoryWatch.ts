/** Samples a process's memory twice a second. */
export class MemoryWatch {
  readonly #samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(memory: () => number) {
    this.#samples.push(memory());
    this.#timer = setInterval(() => this.#samples.push(memory()), 500);
  }

  /** Megabytes. */
  end(): { readonly first: number; readonly most: number } {
    clearInterval(this.#timer);
    return { first: this.#samples[0], most: Math.max(...this.#samples) };
  }
}
