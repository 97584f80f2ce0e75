import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from '../writeFileAtomic';

/**
 * Remembers what of the sample organisation was made, so that it is made once: what people change or
 * delete later stays as they left it.
 * @internal
 */
export class SampleMemory {
  readonly #file: string;
  readonly #done: Set<string>;

  static async open(file: string): Promise<SampleMemory> {
    const done = await readFile(file, 'utf8').then(
      text => (JSON.parse(text) as { done: string[] }).done,
      () => [],
    );
    return new SampleMemory(file, new Set(done));
  }

  private constructor(file: string, done: Set<string>) {
    this.#file = file;
    this.#done = done;
  }

  has(item: string): boolean {
    return this.#done.has(item);
  }

  /** An item that begins so. */
  find(prefix: string): string | undefined {
    return [...this.#done].find(item => item.startsWith(prefix));
  }

  /** Does the work unless it was done in an earlier start, and remembers it. */
  async once(item: string, work: () => Promise<void>): Promise<boolean> {
    if (this.#done.has(item)) {
      return false;
    }
    await work();
    this.#done.add(item);
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFileAtomic(
      this.#file,
      `${JSON.stringify({ done: [...this.#done].sort() }, undefined, 2)}\n`,
    );
    return true;
  }
}
