import type { Change } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { FLAGS } from '../facts/flags';
import { query } from '../facts/query';
import type { Job } from './Job';
import { WANTED, wantedValues, type Wanted } from './jobValues';

/**
 * The facts that the changes `c` of a deployment count in, before a start.
 * OFFSET 0, here and below, holds the planner to a look-up a value: what it
 * expects of a batch of services is far off.
 */
const UNIT_BEFORE = `CROSS JOIN LATERAL (
    SELECT x.* FROM deployments x WHERE x.id = c.deployment_id AND x.changes_state IN ('given', 'fetched') OFFSET 0
  ) d CROSS JOIN LATERAL (
    SELECT f.flags FROM facts f
    WHERE d.rollout_id IS NULL AND f.deployment_id = d.id AND f.view = j.view AND f.finished_at < j.start
    UNION ALL
    SELECT f.flags FROM facts f
    WHERE f.rollout_id = d.rollout_id AND f.service_id = j.service_id AND f.view = j.view AND f.finished_at < j.start
      AND d.production AND d.status IN ('success', 'failure') AND (j.view = '' OR lower(d.environment) = j.view)
    OFFSET 0
  ) u`;

/** The commits before a start that have a commit for a parent. */
const CHILDREN = `CROSS JOIN LATERAL (
    SELECT x.sha, x.deployment_id FROM changes x
    WHERE x.service_id = j.service_id AND cardinality(x.parents) = 1 AND x.parents[1] = j.value
    UNION ALL
    (SELECT m.sha, m.deployment_id FROM (
      SELECT x.* FROM changes x WHERE cardinality(x.parents) > 1 AND x.parents @> ARRAY[j.value] OFFSET 0
    ) m WHERE m.service_id = j.service_id)
    OFFSET 0
  ) c ${UNIT_BEFORE}`;

/** Reads commits, and what is known of them before a stretch of history. @internal */
export class ChangeReader {
  constructor(private readonly trx: Knex.Transaction) {}

  /** The changes of these deployments, by row id. */
  async changes(
    deploymentIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Change[]>> {
    const result = new Map<string, Change[]>(deploymentIds.map(id => [id, []]));
    if (deploymentIds.length === 0) return result;
    const rows = await query<ChangeRecord>(
      this.trx,
      `SELECT deployment_id::text, sha, committed_at, first_committed_at, parents
      FROM changes WHERE deployment_id = any(?::bigint[]) ORDER BY deployment_id, sha`,
      [deploymentIds],
    );
    for (const row of rows) {
      result.get(row.deployment_id)!.push({
        sha: row.sha,
        committedAt: row.committed_at.getTime(),
        firstCommittedAt: row.first_committed_at?.getTime(),
        parents: row.parents,
      });
    }
    return result;
  }

  /** Which of these shas were live before each job's start. */
  async live(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<readonly ReadonlySet<string>[]> {
    const result = jobs.map(() => new Set<string>());
    if (wanted.length === 0) return result;
    const rows = await query<{ n: number; sha: string }>(
      this.trx,
      `SELECT j.n, j.value AS sha FROM ${WANTED}
      WHERE EXISTS (
        SELECT FROM (
          SELECT x.deployment_id FROM changes x WHERE x.service_id = j.service_id AND x.sha = j.value OFFSET 0
        ) c ${UNIT_BEFORE} WHERE u.flags & ${FLAGS.succeeded} <> 0
      ) OR EXISTS (
        SELECT FROM facts f WHERE f.service_id = j.service_id AND f.view = j.view
          AND lower(left(f.revision, 7)) = lower(left(j.value, 7)) AND f.revision = j.value
          AND f.finished_at < j.start AND f.flags & ${FLAGS.succeeded} <> 0
      )`,
      wantedValues(jobs, wanted),
    );
    for (const { n, sha } of rows) result[n].add(sha);
    return result;
  }

  /**
   * The commits before each start that descend from any of these, with those
   * of their parents that do: what tells an older revision from a newer one.
   */
  async descendants(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<readonly ReadonlyMap<string, readonly string[]>[]> {
    const result = jobs.map(() => new Map<string, readonly string[]>());
    if (wanted.length === 0) return result;
    const rows = await query<{ n: number; parent: string; sha: string }>(
      this.trx,
      `WITH RECURSIVE t AS (
        SELECT j.n, j.service_id, j.view, j.start, j.value AS parent, c.sha AS value FROM ${WANTED} ${CHILDREN}
        UNION
        SELECT j.n, j.service_id, j.view, j.start, j.value AS parent, c.sha AS value FROM t j ${CHILDREN}
      ) SELECT n, parent, value AS sha FROM t`,
      wantedValues(jobs, wanted),
    );
    for (const { n, parent, sha } of rows) {
      result[n].set(sha, [...(result[n].get(sha) ?? []), parent]);
    }
    return result;
  }
}

interface ChangeRecord {
  readonly deployment_id: string;
  readonly sha: string;
  readonly committed_at: Date;
  readonly first_committed_at: Date | null;
  readonly parents: string[];
}
