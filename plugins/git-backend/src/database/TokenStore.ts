import type { Knex } from 'knex';
import { toInstant } from './migrate';

/** An access token as people see it; the token itself is known to nobody but its owner. */
export type AccessToken = {
  readonly id: string;
  readonly name: string;
  /** First characters of the token, to tell it from others. */
  readonly prefix: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt?: string;
};

/** What is stored of a token. */
export type StoredToken = AccessToken & {
  readonly userRef: string;
  readonly hash: string;
};

type Row = {
  id: string;
  user_ref: string;
  name: string;
  prefix: string;
  hash: string;
  created_at: Date | string | number;
  expires_at: Date | string | number;
  last_used_at: Date | string | number | null;
};

const TABLE = 'git_access_tokens';

/**
 * Records of access tokens, without the tokens.
 * @internal
 */
export class TokenStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async insert(token: Omit<StoredToken, 'lastUsedAt'>): Promise<void> {
    await this.#db<Row>(TABLE).insert({
      id: token.id,
      user_ref: token.userRef,
      name: token.name,
      prefix: token.prefix,
      hash: token.hash,
      created_at: new Date(token.createdAt),
      expires_at: new Date(token.expiresAt),
    });
  }

  /** Tokens of one person, the newest first. */
  async list(userRef: string): Promise<AccessToken[]> {
    const rows = await this.#db<Row>(TABLE)
      .where({ user_ref: userRef })
      .orderBy('created_at', 'desc');
    return rows.map(row => {
      const { userRef: _ref, hash: _hash, ...token } = toStored(row);
      return token;
    });
  }

  async findByHash(hash: string): Promise<StoredToken | undefined> {
    const row = await this.#db<Row>(TABLE).where({ hash }).first();
    return row && toStored(row);
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.#db<Row>(TABLE).where({ id }).update({ last_used_at: at });
  }

  /** Removes a token of this person; whether there was one. */
  async delete(userRef: string, id: string): Promise<boolean> {
    const count = await this.#db<Row>(TABLE)
      .where({ user_ref: userRef, id })
      .delete();
    return count > 0;
  }

  /** Removes tokens that expired before an instant. */
  async deleteExpired(before: Date): Promise<void> {
    await this.#db<Row>(TABLE).where('expires_at', '<', before).delete();
  }
}

function toStored(row: Row): StoredToken {
  return {
    id: row.id,
    userRef: row.user_ref,
    name: row.name,
    prefix: row.prefix,
    hash: row.hash,
    createdAt: toInstant(row.created_at),
    expiresAt: toInstant(row.expires_at),
    lastUsedAt:
      row.last_used_at === null ? undefined : toInstant(row.last_used_at),
  };
}
