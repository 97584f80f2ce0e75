import type { Knex } from 'knex';

/**
 * Remembers which state of each branch and tag was announced, so that no push is announced never or for ever.
 * @internal
 */
export class RefStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async announced(repositoryId: string): Promise<Map<string, string>> {
    const rows = await this.#db('git_refs')
      .where({ repository_id: repositoryId })
      .select('ref', 'sha');
    return new Map(rows.map(row => [row.ref, row.sha]));
  }

  /** Records the announced state of a ref; undefined when the ref is gone. */
  async record(
    repositoryId: string,
    ref: string,
    sha: string | undefined,
  ): Promise<void> {
    if (sha === undefined) {
      await this.#db('git_refs')
        .where({ repository_id: repositoryId, ref })
        .delete();
      return;
    }
    await this.#db('git_refs')
      .insert({ repository_id: repositoryId, ref, sha })
      .onConflict(['repository_id', 'ref'])
      .merge(['sha']);
  }
}
