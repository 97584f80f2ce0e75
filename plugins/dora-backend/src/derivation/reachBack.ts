import type { Knex } from 'knex';
import type { Job } from './Job';
import { queryWanted, WANTED } from './jobValues';

/** A job that began too late. @internal */
export interface TooLate {
  /** With the start that it needs at least. */
  readonly job: Job;
  /** How many units it had. */
  readonly units: number;
}

/**
 * Where a job has to begin earlier, and not for the first time: what it rests
 * on hangs together like a chain. Each time it goes back by as many units as
 * it has at least, so that a chain of a thousand takes ten rounds and not a
 * thousand.
 * @internal
 */
export async function reachBack(
  trx: Knex.Transaction,
  late: readonly TooLate[],
): Promise<readonly Job[]> {
  const jobs = late.map(({ job }) => ({ ...job, moves: job.moves + 1 }));
  const wanted = late.flatMap(({ units }, n) =>
    jobs[n].moves > 1 && jobs[n].start !== -Infinity
      ? [{ job: n, value: String(Math.max(units, 2 ** jobs[n].moves)) }]
      : [],
  );
  const rows = await queryWanted<{ n: number; start: Date | null }>(
    trx,
    `SELECT j.n, (
      SELECT min(x.finished_at) FROM (
        SELECT f.finished_at FROM facts f
        WHERE f.service_id = j.service_id AND f.view = j.view AND f.finished_at < j.start
        ORDER BY f.finished_at DESC LIMIT j.value::integer
      ) x
    ) AS start FROM ${WANTED}`,
    jobs,
    wanted,
  );
  for (const { n, start } of rows) {
    if (start) jobs[n].start = start.getTime();
  }
  return jobs;
}
