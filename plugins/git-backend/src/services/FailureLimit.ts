import { CustomErrorBase } from '@backstage/errors';

/**
 * Thrown when an address has presented too many wrong passwords; answered with 429.
 * @internal
 */
export class TooManyFailuresError extends CustomErrorBase {
  name = 'TooManyFailuresError' as const;
  readonly statusCode = 429;
}

/**
 * Counts failures by address over a window of time. Tokens are too long to be guessed; the limit keeps a client that
 * goes on trying from filling the audit log.
 * @internal
 */
export class FailureLimit {
  readonly #seen = new Map<string, { count: number; until: number }>();
  readonly #failures: number;
  readonly #windowMs: number;

  constructor(options: { failures: number; windowMs: number }) {
    this.#failures = options.failures;
    this.#windowMs = options.windowMs;
  }

  /** @throws TooManyFailuresError */
  check(address: string): void {
    const seen = this.#seen.get(address);
    if (seen && seen.until > Date.now() && seen.count >= this.#failures) {
      throw new TooManyFailuresError(
        'Too many wrong passwords from this address; wait a minute',
      );
    }
  }

  count(address: string): void {
    const now = Date.now();
    if (this.#seen.size > 10_000) {
      this.#seen.clear();
    }
    const seen = this.#seen.get(address);
    if (seen && seen.until > now) {
      seen.count += 1;
    } else {
      this.#seen.set(address, { count: 1, until: now + this.#windowMs });
    }
  }
}
