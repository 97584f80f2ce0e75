const LIFETIME_MS = 30_000;
/** What is missing may be registered at any moment. */
const MISSING_LIFETIME_MS = 5_000;
/** A sender may name any service: what it makes us remember is bounded. */
const MAX_ENTRIES = 50_000;

/** Remembers what the catalog has for 30 seconds, and what it has not for 5. @internal */
export class ExpiringCache<T> {
  readonly #entries = new Map<string, { value: T; until: number }>();

  constructor(private readonly now: () => number) {}

  has(key: string): boolean {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > this.now();
  }

  get(key: string): T | undefined {
    return this.has(key) ? this.#entries.get(key)?.value : undefined;
  }

  set(key: string, value: T): void {
    if (this.#entries.size >= MAX_ENTRIES) this.#entries.clear();
    const missing =
      value === undefined || (Array.isArray(value) && value.length === 0);
    const lifetime = missing ? MISSING_LIFETIME_MS : LIFETIME_MS;
    this.#entries.set(key, { value, until: this.now() + lifetime });
  }

  clear(): void {
    this.#entries.clear();
  }
}
