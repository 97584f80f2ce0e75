import type { Knex } from 'knex';
import { query } from '../facts/query';
import { FLAGS } from '../facts/flags';
import { instant, type Job } from './Job';
import {
  DEPLOYMENT_COLUMNS,
  FACT_COLUMNS,
  toFactRow,
  toStoredDeployment,
  type DeploymentRecord,
  type FactRecord,
} from './rows';
import type { FactRow, StoredDeployment } from './Job';

// OFFSET 0 holds the planner to a look-up a job: what it expects of a batch of
// services is far off.

/** Rows by the index of the job that they are of. @internal */
export type ByJob<T> = readonly (readonly T[])[];

/** A value that is looked up for a job, by the job's index. @internal */
export interface Wanted {
  readonly job: number;
  readonly value: string;
}

/** What was live right before a job's start. @internal */
export interface LiveBefore {
  /** Row ids of deployments. */
  readonly live: readonly string[];
  /** When they finished. */
  readonly at?: number;
  /** When the first failed attempt since then finished. */
  readonly failing?: number;
}

interface LiveRecord {
  readonly n: number;
  readonly live: string[] | null;
  readonly at: Date | null;
  readonly failing: Date | null;
}

const FINISHED = `d.production AND d.status IN ('success', 'failure') AND d.finished_at IS NOT NULL`;
const JOBS = `unnest(?::int[], ?::int[], ?::text[], ?::timestamptz[]) AS j(n, service_id, view, start)`;
const WANTED = `unnest(?::int[], ?::int[], ?::text[], ?::timestamptz[], ?::text[]) AS j(n, service_id, view, start, value)`;
const BEFORE = `f.service_id = j.service_id AND f.view = j.view AND f.finished_at < j.start AND f.flags & ${FLAGS.succeeded} <> 0`;

/**
 * Reads the stretches of history that jobs need, for all jobs at once. Facts
 * before a job's start are true already, and are relied on.
 * @internal
 */
export class ExcerptReader {
  constructor(private readonly trx: Knex.Transaction) {}

  /**
   * The live units right before each start, several where they finished at
   * once, and when the first of the failed attempts since finished.
   */
  async liveBefore(jobs: readonly Job[]): Promise<readonly LiveBefore[]> {
    const rows = await this.rows<LiveRecord>(
      `SELECT j.n, l.ids AS live, l.at, t.failing FROM ${JOBS}
      LEFT JOIN LATERAL (
        SELECT array_agg(x.deployment_id::text) AS ids, max(x.finished_at) AS at FROM (
          SELECT f.deployment_id, f.finished_at FROM facts f WHERE ${BEFORE}
          ORDER BY f.finished_at DESC FETCH FIRST 1 ROW WITH TIES
        ) x
      ) l ON true
      LEFT JOIN LATERAL (
        SELECT min(f.finished_at) AS failing FROM facts f
        WHERE f.service_id = j.service_id AND f.view = j.view AND f.finished_at < j.start
          AND f.finished_at >= coalesce(l.at, '-infinity') AND f.flags & ${FLAGS.succeeded} = 0
      ) t ON true`,
      jobValues(jobs),
    );
    const result: LiveBefore[] = [];
    for (const row of rows) {
      result[row.n] = {
        live: row.live ?? [],
        at: row.at?.getTime(),
        failing: row.failing?.getTime(),
      };
    }
    return result;
  }

  /** The stored facts since each start. */
  async facts(jobs: readonly Job[]): Promise<ByJob<FactRow>> {
    const rows = await this.rows<FactRecord & { n: number }>(
      `SELECT j.n, ${FACT_COLUMNS} FROM ${JOBS}
      CROSS JOIN LATERAL (
        SELECT * FROM facts f WHERE f.service_id = j.service_id AND f.view = j.view AND f.finished_at >= j.start OFFSET 0
      ) f`,
      jobValues(jobs),
    );
    return byJob(jobs, rows, toFactRow);
  }

  /** When the stored facts of these deployments finished. */
  async finishOfFacts(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<number>> {
    const rows = await this.wanted<{ n: number; finished_at: Date }>(
      `SELECT j.n, f.finished_at FROM ${WANTED}
      JOIN facts f ON f.deployment_id = j.value::bigint AND f.view = j.view`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.finished_at.getTime());
  }

  /** When the stored facts of these rollouts finished. */
  async finishOfRollouts(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<number>> {
    const rows = await this.wanted<{ n: number; finished_at: Date }>(
      `SELECT j.n, f.finished_at FROM ${WANTED}
      JOIN facts f ON f.rollout_id = j.value AND f.service_id = j.service_id AND f.view = j.view`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.finished_at.getTime());
  }

  /** All deployments that finished since each start. */
  async deployments(jobs: readonly Job[]): Promise<ByJob<StoredDeployment>> {
    const rows = await this.rows<DeploymentRecord & { n: number }>(
      `SELECT j.n, j.view, s.ref, ${DEPLOYMENT_COLUMNS} FROM ${JOBS}
      JOIN services s ON s.id = j.service_id
      CROSS JOIN LATERAL (
        SELECT * FROM deployments d WHERE d.service_id = j.service_id AND d.finished_at >= j.start AND ${FINISHED} OFFSET 0
      ) d`,
      jobValues(jobs),
    );
    return byJob(jobs, rows.filter(inView), toStoredDeployment);
  }

  /** All members of these rollouts. */
  async members(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<StoredDeployment>> {
    return this.deploymentsBy('d.rollout_id = j.value', jobs, wanted);
  }

  /** Deployments with these ids of their sources. */
  async named(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<StoredDeployment>> {
    return this.deploymentsBy(
      'd.external_id = j.value AND d.finished_at < j.start',
      jobs,
      wanted,
    );
  }

  /** The deployments that speak for these facts, with the members of their rollouts. */
  async units(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<StoredDeployment>> {
    const rows = await this.wanted<DeploymentRecord & { n: number }>(
      `SELECT j.n, j.view, s.ref, ${DEPLOYMENT_COLUMNS} FROM ${WANTED}
      JOIN services s ON s.id = j.service_id
      JOIN deployments u ON u.id = j.value::bigint
      JOIN LATERAL (
        SELECT m.* FROM deployments m WHERE m.id = u.id
        UNION
        SELECT m.* FROM deployments m WHERE m.rollout_id = u.rollout_id AND m.service_id = u.service_id
      ) d ON true
      WHERE ${FINISHED}`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows.filter(inView), toStoredDeployment);
  }

  /**
   * For each of these revisions the last unit before the start that brought it
   * live, and the successful unit after that, several where they finished at once.
   */
  async instances(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<string>> {
    const rows = await this.wanted<{ n: number; id: string }>(
      `SELECT DISTINCT j.n, x.id FROM ${WANTED}
      JOIN LATERAL (
        SELECT max(f.finished_at) AS at FROM facts f
        WHERE ${BEFORE} AND lower(left(f.revision, 7)) = lower(left(j.value, 7)) AND f.revision = j.value
      ) i ON i.at IS NOT NULL
      JOIN LATERAL (
        (SELECT f.deployment_id::text AS id FROM facts f WHERE ${BEFORE} AND f.finished_at = i.at)
        UNION ALL
        (SELECT f.deployment_id::text FROM facts f WHERE ${BEFORE} AND f.finished_at > i.at
        ORDER BY f.finished_at FETCH FIRST 1 ROW WITH TIES)
      ) x ON true`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.id);
  }

  /** Successful units before the start whose revision is, or begins with, a named one. */
  async unitsOfRevision(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<string>> {
    const rows = await this.wanted<{ n: number; id: string }>(
      `SELECT DISTINCT j.n, f.deployment_id::text AS id FROM ${WANTED}
      JOIN facts f ON ${BEFORE} AND lower(left(f.revision, 7)) = lower(left(j.value, 7))
        AND (f.revision = j.value OR starts_with(lower(f.revision), lower(j.value)))`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.id);
  }

  private async deploymentsBy(
    condition: string,
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<StoredDeployment>> {
    const rows = await this.wanted<DeploymentRecord & { n: number }>(
      `SELECT j.n, j.view, s.ref, ${DEPLOYMENT_COLUMNS} FROM ${WANTED}
      JOIN services s ON s.id = j.service_id
      CROSS JOIN LATERAL (
        SELECT * FROM deployments d WHERE d.service_id = j.service_id AND ${condition} AND ${FINISHED} OFFSET 0
      ) d`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows.filter(inView), toStoredDeployment);
  }

  /** Asks nothing of the database where nothing is wanted. */
  private async wanted<T>(
    sql: string,
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<T[]> {
    if (wanted.length === 0) return [];
    const of = wanted.map(({ job }) => jobs[job]);
    return this.rows<T>(sql, [
      wanted.map(({ job }) => job),
      of.map(job => job.serviceId),
      of.map(job => job.view),
      of.map(job => instant(job.start)),
      wanted.map(({ value }) => value),
    ]);
  }

  private async rows<T>(
    sql: string,
    values: readonly (readonly (string | number)[])[],
  ): Promise<T[]> {
    const rows = await query<T>(this.trx, sql, [...values]);
    return rows;
  }
}

function jobValues(jobs: readonly Job[]) {
  return [
    jobs.map((_, index) => index),
    jobs.map(job => job.serviceId),
    jobs.map(job => job.view),
    jobs.map(job => instant(job.start)),
  ];
}

/** Whether a deployment belongs to the view that is looked at. */
function inView(row: DeploymentRecord): boolean {
  return row.view === '' || row.environment.toLowerCase() === row.view;
}

function byJob<R extends { n: number }, T>(
  jobs: readonly Job[],
  rows: readonly R[],
  to: (row: R) => T,
): ByJob<T> {
  const result: T[][] = jobs.map(() => []);
  for (const row of rows) result[row.n].push(to(row));
  return result;
}
