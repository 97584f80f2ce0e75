import type { Knex } from 'knex';
import { query } from '../facts/query';
import { instant, type Job } from './Job';

/** Rows by the index of the job that they are of. @internal */
export type ByJob<T> = readonly (readonly T[])[];

/** A value that is looked up for a job, by the job's index. @internal */
export interface Wanted {
  readonly job: number;
  readonly value: string;
}

/** The jobs `j`, from {@link jobValues}. @internal */
export const JOBS = `unnest(?::int[], ?::int[], ?::text[], ?::timestamptz[]) AS j(n, service_id, view, start)`;

/** The jobs `j` with a value each, from {@link wantedValues}. @internal */
export const WANTED = `unnest(?::int[], ?::int[], ?::text[], ?::timestamptz[], ?::text[]) AS j(n, service_id, view, start, value)`;

/** @internal */
export function jobValues(jobs: readonly Job[]) {
  return [
    jobs.map((_, index) => index),
    jobs.map(job => job.serviceId),
    jobs.map(job => job.view),
    jobs.map(job => instant(job.start)),
  ];
}

/** @internal */
export function wantedValues(jobs: readonly Job[], wanted: readonly Wanted[]) {
  const of = wanted.map(({ job }) => jobs[job]);
  return [
    wanted.map(({ job }) => job),
    of.map(job => job.serviceId),
    of.map(job => job.view),
    of.map(job => instant(job.start)),
    wanted.map(({ value }) => value),
  ];
}

/** Asks nothing of the database where nothing is wanted. @internal */
export async function queryWanted<T>(
  trx: Knex.Transaction,
  text: string,
  jobs: readonly Job[],
  wanted: readonly Wanted[],
): Promise<T[]> {
  return wanted.length === 0
    ? []
    : query<T>(trx, text, wantedValues(jobs, wanted));
}

/** @internal */
export function byJob<R extends { n: number }, T>(
  jobs: readonly Job[],
  rows: readonly R[],
  to: (row: R) => T,
): ByJob<T> {
  const result: T[][] = jobs.map(() => []);
  for (const row of rows) result[row.n].push(to(row));
  return result;
}
