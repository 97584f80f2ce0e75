import type { ComparedCommit, Comparison } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { lockWrites } from '../database/lockWrites';
import type { DerivationService } from '../derivation/DerivationService';

const INSERT_BATCH = 1_000;

/** A deployment whose changes are to be fetched. @internal */
export interface WantedComparison {
  readonly deploymentId: string;
  readonly serviceId: number;
  /** Entity reference. */
  readonly service: string;
  readonly base: string;
  readonly head: string;
  /** Including the one that is beginning. */
  readonly attempts: number;
}

/**
 * The queue of comparisons, which is the deployments in state `wanted`. Whoever
 * claims one has it for the length of a lease; after a crash it comes up again.
 * @internal
 */
export class WantedChanges {
  readonly #database: Knex;
  readonly #derivation: Pick<DerivationService, 'rederive'>;
  readonly #now: () => number;

  constructor(options: {
    database: Knex;
    derivation: Pick<DerivationService, 'rederive'>;
    now: () => number;
  }) {
    this.#database = options.database;
    this.#derivation = options.derivation;
    this.#now = options.now;
  }

  /** Takes up to `limit` comparisons that are due, the newest deployments first. */
  async claim(options: {
    limit: number;
    /** Milliseconds. */
    lease: number;
    /** Services whose host has to be left alone. */
    except: readonly number[];
  }): Promise<WantedComparison[]> {
    const now = this.#now();
    const { rows } = await this.#database.raw(
      `WITH due AS (
         SELECT id FROM deployments
         WHERE changes_state = 'wanted'
           AND (changes_next_at IS NULL OR changes_next_at <= ?)
           AND revision IS NOT NULL AND base_revision IS NOT NULL
           AND NOT service_id = ANY (?::int[])
         ORDER BY finished_at DESC NULLS LAST, id DESC
         LIMIT ?
         FOR UPDATE SKIP LOCKED)
       UPDATE deployments d
       SET changes_attempts = d.changes_attempts + 1, changes_next_at = ?
       FROM due, services s
       WHERE d.id = due.id AND s.id = d.service_id
       RETURNING d.id, d.service_id, s.ref, d.base_revision, d.revision, d.changes_attempts`,
      [
        new Date(now),
        [...options.except],
        options.limit,
        new Date(now + options.lease),
      ],
    );
    return (rows as ClaimedRow[]).map(row => ({
      deploymentId: row.id,
      serviceId: row.service_id,
      service: row.ref,
      base: row.base_revision,
      head: row.revision,
      attempts: row.changes_attempts,
    }));
  }

  /**
   * Stores what was found and derives the service's facts anew, in one
   * transaction. Returns false, and stores nothing, where another comparison is
   * wanted by now: a late event has come in between.
   */
  async store(
    wanted: WantedComparison,
    comparison: Comparison,
  ): Promise<boolean> {
    return this.#database.transaction(async trx => {
      await lockWrites(trx);
      const row = await this.#stillWanted(trx, wanted);
      if (!row) return false;
      await trx('changes')
        .where({ deployment_id: wanted.deploymentId })
        .delete();
      await trx.batchInsert(
        'changes',
        uniqueBySha(comparison.commits).map(commit => ({
          deployment_id: wanted.deploymentId,
          service_id: wanted.serviceId,
          sha: commit.sha,
          committed_at: commit.committedAt,
          first_committed_at: commit.firstCommittedAt,
          pull_request: commit.pullRequest,
          parents: commit.parents,
          title: commit.title,
          author: commit.author,
          url: commit.url,
        })),
        INSERT_BATCH,
      );
      await trx('deployments')
        .where({ id: wanted.deploymentId })
        .update({
          changes_state: 'fetched',
          changes_reason: null,
          changes_next_at: null,
          ...(comparison.headIsBehind && {
            ancestor_of: [
              ...new Set([...(row.ancestor_of ?? []), wanted.base]),
            ],
          }),
        });
      const from = await firstFinish(trx, wanted, row);
      if (from) {
        await this.#derivation.rederive(trx, [
          { serviceId: wanted.serviceId, from },
        ]);
      }
      return true;
    });
  }

  /** Keeps what is being worked at from coming up again; what is wanted anew by now stays so. */
  async renew(
    claimed: readonly WantedComparison[],
    lease: number,
  ): Promise<void> {
    await this.#database('deployments')
      .whereIn(
        'id',
        claimed.map(({ deploymentId }) => deploymentId),
      )
      .where({ changes_state: 'wanted' })
      .whereNotNull('changes_next_at')
      .update({ changes_next_at: new Date(this.#now() + lease) });
  }

  /** Puts a comparison off; one that was put off before it began does not count as an attempt. */
  async postpone(
    wanted: WantedComparison,
    options: { until: number; reason?: string; counts: boolean },
  ): Promise<void> {
    await this.#same(this.#database, wanted).update({
      changes_next_at: new Date(options.until),
      ...(options.reason !== undefined && { changes_reason: options.reason }),
      ...(!options.counts && {
        changes_attempts: this.#database.raw(
          'greatest(changes_attempts - 1, 0)',
        ),
      }),
    });
  }

  /** Gives a comparison up until somebody asks for it again. */
  async giveUp(wanted: WantedComparison, reason: string): Promise<void> {
    await this.#same(this.#database, wanted).update({
      changes_state: 'unavailable',
      changes_reason: reason,
      changes_next_at: null,
    });
  }

  /** Wants again what was given up; returns how many. */
  async retryUnavailable(): Promise<number> {
    return this.#database('deployments')
      .where({ changes_state: 'unavailable' })
      .whereNotNull('base_revision')
      .update({
        changes_state: 'wanted',
        changes_attempts: 0,
        changes_next_at: null,
      });
  }

  async #stillWanted(trx: Knex.Transaction, wanted: WantedComparison) {
    const row: LockedRow | undefined = await this.#same(trx, wanted)
      .forUpdate()
      .first('finished_at', 'rollout_id', 'ancestor_of');
    return row;
  }

  #same(knex: Knex, wanted: WantedComparison) {
    return knex('deployments').where({
      id: wanted.deploymentId,
      changes_state: 'wanted',
      base_revision: wanted.base,
      revision: wanted.head,
    });
  }
}

function uniqueBySha(commits: readonly ComparedCommit[]): ComparedCommit[] {
  return [...new Map(commits.map(each => [each.sha, each])).values()];
}

/** The members of a rollout share their changes, so facts may change from the first member on. */
async function firstFinish(
  trx: Knex.Transaction,
  { serviceId }: WantedComparison,
  { finished_at, rollout_id }: LockedRow,
): Promise<Date | undefined> {
  if (!rollout_id) return finished_at ?? undefined;
  const [{ first }] = await trx('deployments')
    .where({ service_id: serviceId, rollout_id })
    .min({ first: 'finished_at' });
  return first ?? undefined;
}

interface ClaimedRow {
  readonly id: string;
  readonly service_id: number;
  readonly ref: string;
  readonly base_revision: string;
  readonly revision: string;
  readonly changes_attempts: number;
}

interface LockedRow {
  readonly finished_at: Date | null;
  readonly rollout_id: string | null;
  readonly ancestor_of: string[] | null;
}
