import {
  createHash,
  randomInt,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  AccessToken,
  StoredToken,
  TokenStore,
} from '../database/TokenStore';
import { Lanes } from '../git/Lanes';

/** Start of every access token, so that secret scanners and people know it. */
export const TOKEN_PREFIX = 'wmk_';

const ALPHABET =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_CHARACTERS = 40;
const MAX_TOKENS = 50;
/** The time of last use is exact to this many milliseconds. */
const TOUCH_EVERY_MS = 60_000;

/**
 * Personal access tokens: made once, stored as a hash, expiring, revocable.
 * @internal
 */
export class TokenService {
  readonly #store: TokenStore;
  readonly #lifetimes: { defaultLifetime: number; maxLifetime: number };
  readonly #now: () => number;
  readonly #lanes = new Lanes();

  constructor(options: {
    store: TokenStore;
    lifetimes: { defaultLifetime: number; maxLifetime: number };
    now?: () => number;
  }) {
    this.#store = options.store;
    this.#lifetimes = options.lifetimes;
    this.#now = options.now ?? (() => Date.now());
  }

  /** Lifetimes in seconds: the one that is used when none is chosen, and the longest. */
  get lifetimes(): { defaultLifetime: number; maxLifetime: number } {
    return this.#lifetimes;
  }

  /**
   * Makes a token. This is the only time that the token itself is known.
   * @throws InputError when it would live too long or the person has too many.
   */
  async create(options: {
    userRef: string;
    name: string;
    /** seconds */
    lifetime?: number;
  }): Promise<AccessToken & { token: string }> {
    const lifetime = options.lifetime ?? this.#lifetimes.defaultLifetime;
    if (lifetime > this.#lifetimes.maxLifetime) {
      throw new InputError(
        `A token may live for ${days(
          this.#lifetimes.maxLifetime,
        )} at most; ${days(lifetime)} was asked for.`,
      );
    }
    // One at a time, so that none slips past the limit while another is counted.
    return this.#lanes.run(options.userRef, () =>
      this.#insert({ ...options, lifetime }),
    );
  }

  async #insert(options: {
    userRef: string;
    name: string;
    lifetime: number;
  }): Promise<AccessToken & { token: string }> {
    const existing = await this.#store.list(options.userRef);
    if (existing.length >= MAX_TOKENS) {
      throw new InputError(
        `You have ${MAX_TOKENS} access tokens, the most that one person may have. Revoke one that you no longer use.`,
      );
    }
    const token =
      TOKEN_PREFIX +
      Array.from(
        { length: RANDOM_CHARACTERS },
        () => ALPHABET[randomInt(ALPHABET.length)],
      ).join('');
    const now = this.#now();
    const stored = {
      id: randomUUID(),
      userRef: options.userRef,
      name: options.name,
      prefix: token.slice(0, TOKEN_PREFIX.length + 4),
      hash: hashOf(token),
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + options.lifetime * 1000).toISOString(),
    };
    await this.#store.insert(stored);
    const { userRef: _ref, hash: _hash, ...shown } = stored;
    return { ...shown, token };
  }

  async list(userRef: string): Promise<AccessToken[]> {
    return this.#store.list(userRef);
  }

  /** @throws NotFoundError when the person has no such token. */
  async revoke(userRef: string, id: string): Promise<void> {
    if (!(await this.#store.delete(userRef, id))) {
      throw new NotFoundError('You have no such access token');
    }
  }

  /** The person whose token this is; undefined when it is unknown, revoked or expired. */
  async verify(
    token: string,
  ): Promise<{ userRef: string; expired: boolean } | undefined> {
    const hash = hashOf(token);
    const stored = await this.#store.findByHash(hash);
    if (!stored || !isSame(stored.hash, hash)) {
      return undefined;
    }
    const now = this.#now();
    const expired = Date.parse(stored.expiresAt) <= now;
    if (!expired) {
      await this.#touch(stored, now);
    }
    return { userRef: stored.userRef, expired };
  }

  /** Forgets tokens that expired more than 30 days ago; until then people see why theirs stopped. */
  async forgetExpired(): Promise<void> {
    await this.#store.deleteExpired(
      new Date(this.#now() - 30 * 24 * 60 * 60 * 1000),
    );
  }

  async #touch(stored: StoredToken, now: number): Promise<void> {
    const last = stored.lastUsedAt ? Date.parse(stored.lastUsedAt) : 0;
    if (now - last > TOUCH_EVERY_MS) {
      await this.#store.touch(stored.id, new Date(now));
    }
  }
}

/**
 * Compares two texts in a time that does not depend on where they differ.
 * @internal
 */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(a).digest(),
    createHash('sha256').update(b).digest(),
  );
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function days(seconds: number): string {
  return `${Math.ceil(seconds / 86_400)} days`;
}
