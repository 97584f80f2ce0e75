import type { Knex } from 'knex';
import { query } from '../facts/query';
import type { Change } from '@waymark/plugin-dora-common';
import { FLAGS } from '../facts/flags';
import { instant, type Job } from './Job';
import type { Wanted } from './ExcerptReader';

const WANTED = `unnest(?::int[], ?::int[], ?::text[], ?::timestamptz[], ?::text[]) AS j(n, service_id, view, start, value)`;

/** The facts that a deployment's changes count in. */
const UNIT = `JOIN LATERAL (
        SELECT f.finished_at, f.flags FROM facts f
        WHERE d.rollout_id IS NULL AND f.deployment_id = d.id AND f.view = j.view
        UNION ALL
        SELECT f.finished_at, f.flags FROM facts f
        WHERE f.rollout_id = d.rollout_id AND f.service_id = j.service_id AND f.view = j.view
          AND d.production AND d.status IN ('success', 'failure')
          AND (j.view = '' OR lower(d.environment) = j.view)
      ) u ON true`;

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
      `SELECT DISTINCT j.n, c.sha FROM ${WANTED}
      JOIN changes c ON c.service_id = j.service_id AND c.sha = j.value
      JOIN deployments d ON d.id = c.deployment_id AND d.changes_state IN ('given', 'fetched')
      ${UNIT}
      WHERE u.finished_at < j.start AND u.flags & ${FLAGS.succeeded} <> 0
      UNION SELECT j.n, f.revision FROM ${WANTED}
      JOIN facts f ON f.service_id = j.service_id AND f.view = j.view
        AND lower(left(f.revision, 7)) = lower(left(j.value, 7)) AND f.revision = j.value
      WHERE f.finished_at < j.start AND f.flags & ${FLAGS.succeeded} <> 0`,
      [...wantedValues(jobs, wanted), ...wantedValues(jobs, wanted)],
    );
    for (const { n, sha } of rows) result[n].add(sha);
    return result;
  }

  /**
   * The commits before each start that descend from any of these, with their
   * parents: what tells an older revision from a newer one.
   */
  async descendants(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<readonly ReadonlyMap<string, readonly string[]>[]> {
    const result = jobs.map(() => new Map<string, readonly string[]>());
    const seen = new Set<string>();
    let open = wanted;
    while (open.length > 0) {
      const fresh = open.filter(
        ({ job, value }) => !seen.has(`${job} ${value}`),
      );
      fresh.forEach(({ job, value }) => seen.add(`${job} ${value}`));
      const children = fresh.length > 0 ? await this.children(jobs, fresh) : [];
      for (const { n, sha, parents } of children) {
        result[n].set(sha, [...(result[n].get(sha) ?? []), ...parents]);
      }
      open = children.map(({ n, sha }) => ({ job: n, value: sha }));
    }
    return result;
  }

  private async children(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<readonly { n: number; sha: string; parents: string[] }[]> {
    const child = (condition: string) => `SELECT j.n, c.sha, c.parents
      FROM ${WANTED} JOIN changes c ON c.service_id = j.service_id AND ${condition}
      JOIN deployments d ON d.id = c.deployment_id AND d.changes_state IN ('given', 'fetched')
      ${UNIT} WHERE u.finished_at < j.start`;
    const rows = await query<{ n: number; sha: string; parents: string[] }>(
      this.trx,
      `${child('cardinality(c.parents) = 1 AND c.parents[1] = j.value')}
      UNION ${child(
        'cardinality(c.parents) > 1 AND c.parents @> ARRAY[j.value]',
      )}`,
      [...wantedValues(jobs, wanted), ...wantedValues(jobs, wanted)],
    );
    return rows;
  }
}

function wantedValues(jobs: readonly Job[], wanted: readonly Wanted[]) {
  const of = wanted.map(({ job }) => jobs[job]);
  return [
    wanted.map(({ job }) => job),
    of.map(job => job.serviceId),
    of.map(job => job.view),
    of.map(job => instant(job.start)),
    wanted.map(({ value }) => value),
  ];
}

interface ChangeRecord {
  readonly deployment_id: string;
  readonly sha: string;
  readonly committed_at: Date;
  readonly first_committed_at: Date | null;
  readonly parents: string[];
}
