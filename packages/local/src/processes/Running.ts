import type { ManagedProcess } from './spawnManaged';

/**
 * A process that ended by itself.
 * @internal
 */
export interface Ended {
  name: string;
  /** A signal's name, or an exit status. */
  how: string;
  logFile: string;
}

/**
 * What is running, and how it is ended.
 * @internal
 */
export class Running {
  readonly #processes: { process: ManagedProcess; logFile: string }[] = [];
  readonly #ends: { end: () => Promise<void>; last: boolean }[] = [];

  /** Adds a process that the portal cannot do without. */
  add(process: ManagedProcess, logFile: string): void {
    this.#processes.push({ process, logFile });
    this.#ends.push({ end: () => process.end(), last: process.last });
  }

  /** Adds something that ends by itself once asked. */
  addPart(end: () => Promise<void>): void {
    this.#ends.push({ end, last: false });
  }

  /** The first process to end by itself, or undefined when a stop is asked for before. */
  async firstToEnd(signal: AbortSignal): Promise<Ended | undefined> {
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

  /** Ends everything, databases after their clients; one that cannot be ended does not keep the others. */
  async endAll(): Promise<void> {
    const ends = this.#ends.splice(0);
    for (const phase of [false, true]) {
      await Promise.allSettled(
        ends.filter(({ last }) => last === phase).map(({ end }) => end()),
      );
    }
  }
}
