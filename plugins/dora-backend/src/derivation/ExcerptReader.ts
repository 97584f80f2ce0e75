import type { Knex } from 'knex';
import { query } from '../facts/query';
import { FLAGS } from '../facts/flags';
import type { FactRow, Job, StoredDeployment } from './Job';
import {
  byJob,
  JOBS,
  jobValues,
  queryWanted,
  WANTED,
  type ByJob,
  type Wanted,
} from './jobValues';
import {
  DEPLOYMENT_COLUMNS,
  FACT_COLUMNS,
  toFactRow,
  toStoredDeployment,
  type DeploymentRecord,
  type FactRecord,
} from './rows';

// OFFSET 0 holds the planner to a look-up a job: what it expects of a batch of
// services is far off.

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

/** The condition for deployments `d` that count. @internal */
export const FINISHED = `d.production AND d.status IN ('success', 'failure') AND d.finished_at IS NOT NULL`;

/** The condition for facts `f` that were live before a job `j`. @internal */
export const BEFORE = `f.service_id = j.service_id AND f.view = j.view AND f.finished_at < j.start AND f.flags & ${FLAGS.succeeded} <> 0`;

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
    const rows = await query<LiveRecord>(
      this.trx,
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
    const rows = await query<FactRecord & { n: number }>(
      this.trx,
      `SELECT j.n, ${FACT_COLUMNS} FROM ${JOBS}
      CROSS JOIN LATERAL (
        SELECT * FROM facts f WHERE f.service_id = j.service_id AND f.view = j.view AND f.finished_at >= j.start OFFSET 0
      ) f`,
      jobValues(jobs),
    );
    return byJob(jobs, rows, toFactRow);
  }

  /** The stored facts of these deployments that finished before each start. */
  async factsBefore(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<FactRow>> {
    const rows = await queryWanted<FactRecord & { n: number }>(
      this.trx,
      `SELECT j.n, ${FACT_COLUMNS} FROM ${WANTED}
      JOIN facts f ON f.deployment_id = j.value::bigint AND f.view = j.view AND f.finished_at < j.start`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, toFactRow);
  }

  /** When the stored facts of these rollouts finished. */
  async finishOfRollouts(
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<number>> {
    const rows = await queryWanted<{ n: number; finished_at: Date }>(
      this.trx,
      `SELECT j.n, f.finished_at FROM ${WANTED}
      JOIN facts f ON f.rollout_id = j.value AND f.service_id = j.service_id AND f.view = j.view`,
      jobs,
      wanted,
    );
    return byJob(jobs, rows, row => row.finished_at.getTime());
  }

  /** All deployments that finished since each start. */
  async deployments(jobs: readonly Job[]): Promise<ByJob<StoredDeployment>> {
    const rows = await query<DeploymentRecord & { n: number }>(
      this.trx,
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

  private async deploymentsBy(
    condition: string,
    jobs: readonly Job[],
    wanted: readonly Wanted[],
  ): Promise<ByJob<StoredDeployment>> {
    const rows = await queryWanted<DeploymentRecord & { n: number }>(
      this.trx,
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
}

/** Whether a deployment belongs to the view that is looked at. @internal */
export function inView(row: DeploymentRecord): boolean {
  return row.view === '' || row.environment.toLowerCase() === row.view;
}
