import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RepositoryName } from '../names';
import { isDuplicate, toInstant } from './migrate';

/** A repository as it is recorded. */
export type Repository = RepositoryName & {
  readonly id: string;
  readonly description: string;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly pushedAt?: string;
};

/** Which repositories to list. */
export type RepositoryQuery = {
  readonly owner?: string;
  /** Part of the name or the description, case-insensitive. */
  readonly search?: string;
  readonly limit: number;
  readonly offset: number;
};

type Row = {
  id: string;
  owner: string;
  name: string;
  description: string;
  default_branch: string;
  created_at: Date | string | number;
  created_by: string;
  pushed_at: Date | string | number | null;
};

const TABLE = 'git_repositories';

/**
 * Records of repositories.
 * @internal
 */
export class RepositoryStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** @throws ConflictError when the owner has a repository of this name. */
  async insert(
    repository: Omit<Repository, 'id' | 'createdAt' | 'pushedAt'>,
  ): Promise<Repository> {
    const id = randomUUID();
    try {
      await this.#db<Row>(TABLE).insert({
        id,
        owner: repository.owner,
        name: repository.name,
        description: repository.description,
        default_branch: repository.defaultBranch,
        created_at: new Date(),
        created_by: repository.createdBy,
      });
    } catch (error) {
      if (isDuplicate(error)) {
        throw new ConflictError(
          `${repository.owner} has a repository '${repository.name}' already. Choose another name.`,
        );
      }
      throw error;
    }
    return (await this.find(repository))!;
  }

  async find(name: RepositoryName): Promise<Repository | undefined> {
    const row = await this.#db<Row>(TABLE)
      .where({ owner: name.owner, name: name.name })
      .first();
    return row && toRepository(row);
  }

  async all(): Promise<Repository[]> {
    const rows = await this.#db<Row>(TABLE).select();
    return rows.map(toRepository);
  }

  /** A page of repositories, the one pushed to last first, and how many there are on all pages. */
  async list(
    query: RepositoryQuery,
  ): Promise<{ items: Repository[]; totalItems: number }> {
    const filtered = () => {
      const rows = this.#db<Row>(TABLE);
      if (query.owner) {
        rows.where('owner', query.owner);
      }
      if (query.search) {
        const pattern = `%${query.search
          .toLowerCase()
          .replace(/[\\%_]/g, '\\$&')}%`;
        rows.where(or =>
          or
            .whereRaw(`lower(owner || '/' || name) like ? escape '\\'`, pattern)
            .orWhereRaw(`lower(description) like ? escape '\\'`, pattern),
        );
      }
      return rows;
    };
    const [{ count }] = await filtered().count({ count: '*' });
    const rows = await filtered()
      .orderByRaw('coalesce(pushed_at, created_at) desc')
      .orderBy(['owner', 'name'])
      .limit(query.limit)
      .offset(query.offset);
    return { items: rows.map(toRepository), totalItems: Number(count) };
  }

  /** Names of the owners that have a repository. */
  async owners(): Promise<string[]> {
    const rows = await this.#db<Row>(TABLE).distinct('owner').orderBy('owner');
    return rows.map(row => row.owner);
  }

  async setPushed(id: string): Promise<void> {
    await this.#db<Row>(TABLE).where({ id }).update({ pushed_at: new Date() });
  }

  async setDefaultBranch(id: string, branch: string): Promise<void> {
    await this.#db<Row>(TABLE).where({ id }).update({ default_branch: branch });
  }

  async delete(id: string): Promise<void> {
    await this.#db.transaction(async tx => {
      // Explicitly, because SQLite leaves foreign keys unchecked by default.
      await tx('git_refs').where({ repository_id: id }).delete();
      await tx('git_branch_protections').where({ repository_id: id }).delete();
      await tx<Row>(TABLE).where({ id }).delete();
    });
  }
}

function toRepository(row: Row): Repository {
  return {
    id: row.id,
    owner: row.owner,
    name: row.name,
    description: row.description,
    defaultBranch: row.default_branch,
    createdAt: toInstant(row.created_at),
    createdBy: row.created_by,
    pushedAt: row.pushed_at === null ? undefined : toInstant(row.pushed_at),
  };
}
