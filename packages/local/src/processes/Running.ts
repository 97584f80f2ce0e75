import type { ManagedProcess } from './spawnManaged';

/**
 * What is running, in the order it was started, and is ended in the opposite one.
 * @internal
 */
export class Running {
  readonly #processes: { process: ManagedProcess; logFile: string }[] = [];
  readonly #ends: (() => Promise<void>)[] = [];

  /** Adds a process that the portal cannot do without. */
  add(process: ManagedProcess, logFile: string): void {
    this.#processes.push({ process, logFile });
    this.#ends.push(() => process.end());
  }

  /** Adds something that ends by itself once asked. */
  addPart(end: () => Promise<void>): void {
    this.#ends.push(end);
  }

  /** The first process to end by itself, or undefined when a stop is asked for before. */
  async firstToEnd(
    signal: AbortSignal,
  ): Promise<{ name: string; how: string; logFile: string } | undefined> {
    const stopped = new Promise<undefined>(resolve => {
      if (signal.aborted) resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), {
        once: true,
      });
    });
    const ended = this.#processes.map(async ({ process, logFile }) => {
      const { code, signal: by } = await process.exited;
      return { name: process.name, how: by ?? `status ${code}`, logFile };
    });
    return Promise.race([stopped, ...ended]);
  }

  /** Ends everything; one that cannot be ended does not keep the others. */
  async endAll(): Promise<void> {
    for (const end of this.#ends.reverse()) {
      await end().catch(() => undefined);
    }
    this.#ends.length = 0;
  }
}
