/** Spares each host: so many comparisons at once, and none while it asks to wait. @internal */
export class HostGates {
  readonly #concurrency: number;
  readonly #now: () => number;
  readonly #running = new Map<string, number>();
  readonly #blocked = new Map<string, number>();

  constructor(concurrency: number, now: () => number) {
    this.#concurrency = concurrency;
    this.#now = now;
  }

  /** Takes a place at the host; false where none is free now. */
  enter(host: string): boolean {
    if (!this.isOpen(host)) return false;
    this.#running.set(host, (this.#running.get(host) ?? 0) + 1);
    return true;
  }

  leave(host: string): void {
    this.#running.set(host, (this.#running.get(host) ?? 1) - 1);
  }

  isOpen(host: string): boolean {
    return (
      this.blockedUntil(host) === undefined &&
      (this.#running.get(host) ?? 0) < this.#concurrency
    );
  }

  /** Leaves the host alone until then; never shortens an earlier wait. */
  block(host: string, until: number): void {
    this.#blocked.set(host, Math.max(until, this.#blocked.get(host) ?? 0));
  }

  /** Milliseconds since 1970; undefined where the host asks for no wait now. */
  blockedUntil(host: string): number | undefined {
    const until = this.#blocked.get(host);
    if (until === undefined) return undefined;
    if (until > this.#now()) return until;
    this.#blocked.delete(host);
    return undefined;
  }
}
