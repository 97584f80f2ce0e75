import type { Knex } from 'knex';
import { toInstant } from './migrate';

/** A rule for a branch. */
export type BranchProtection = {
  readonly ruleName: string;
  /** Names of the checks that must pass; recorded, not enforced here. */
  readonly statusCheckContexts: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
};

type Row = {
  repository_id: string;
  rule_name: string;
  status_check_contexts: string;
  created_at: Date | string | number;
  updated_at: Date | string | number;
};

const TABLE = 'git_branch_protections';

/**
 * Records of branch protection rules.
 * @internal
 */
export class BranchProtectionStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async list(repositoryId: string): Promise<BranchProtection[]> {
    const rows = await this.#db<Row>(TABLE)
      .where({ repository_id: repositoryId })
      .orderBy('rule_name');
    return rows.map(row => ({
      ruleName: row.rule_name,
      statusCheckContexts: JSON.parse(row.status_check_contexts),
      createdAt: toInstant(row.created_at),
      updatedAt: toInstant(row.updated_at),
    }));
  }

  /** Sets the rule of a branch; the same rule again changes nothing but its time. */
  async set(
    repositoryId: string,
    ruleName: string,
    statusCheckContexts: readonly string[],
  ): Promise<BranchProtection> {
    const now = new Date();
    await this.#db<Row>(TABLE)
      .insert({
        repository_id: repositoryId,
        rule_name: ruleName,
        status_check_contexts: JSON.stringify(statusCheckContexts),
        created_at: now,
        updated_at: now,
      })
      .onConflict(['repository_id', 'rule_name'])
      .merge(['status_check_contexts', 'updated_at']);
    const rules = await this.list(repositoryId);
    return rules.find(rule => rule.ruleName === ruleName)!;
  }

  /** Whether there was such a rule. */
  async delete(repositoryId: string, ruleName: string): Promise<boolean> {
    const count = await this.#db<Row>(TABLE)
      .where({ repository_id: repositoryId, rule_name: ruleName })
      .delete();
    return count > 0;
  }
}
