import type { Knex } from 'knex';
import { ChangeReader } from './ChangeReader';
import type { ReadExcerpt } from './Excerpt';
import { ExcerptReader, type LiveBefore } from './ExcerptReader';
import { IncidentReader } from './IncidentReader';
import type { FactRow, Job, StoredDeployment } from './Job';
import type { Wanted } from './jobValues';
import { UnitReader } from './UnitReader';

/** The rows of a job that finished since its start. */
interface Suffix {
  readonly deployments: readonly StoredDeployment[];
  readonly stored: readonly FactRow[];
  readonly touched: readonly FactRow[];
  /** The earliest instant that has to be derived anew with them. */
  readonly start: number;
}

/**
 * Reads what each job needs: everything since its start and, of before, what
 * tells the one from the other. Where that start is too late, says which it
 * has to be; then nothing else is read for the job.
 * @internal
 */
export async function readExcerpts(
  trx: Knex.Transaction,
  jobs: readonly Job[],
): Promise<readonly ReadExcerpt[]> {
  const reader = new ExcerptReader(trx);
  const before = await reader.liveBefore(jobs);
  const moved = jobs.map((job, n) => ({
    ...job,
    start: Math.min(job.start, before[n].failing ?? Infinity),
  }));
  const suffixes = await readSuffixes(reader, moved, before);
  const result: ReadExcerpt[] = suffixes.map(({ start }) => ({ start }));
  const ready = moved.flatMap((job, n) =>
    suffixes[n].start >= job.start ? [n] : [],
  );
  const excerpts = await readContexts(
    trx,
    ready.map(n => moved[n]),
    ready.map(n => suffixes[n]),
    ready.map(n => before[n]),
  );
  ready.forEach((n, index) => {
    result[n] = excerpts[index];
  });
  return result;
}

async function readSuffixes(
  reader: ExcerptReader,
  jobs: readonly Job[],
  before: readonly LiveBefore[],
): Promise<readonly Suffix[]> {
  const late = await reader.deployments(jobs);
  const stored = await reader.facts(jobs);
  const rollouts = wanted(jobs, n => [
    ...late[n].map(({ deployment }) => deployment.rolloutId),
    ...stored[n].map(({ rolloutId }) => rolloutId),
  ]);
  const members = await reader.members(jobs, rollouts);
  const finishes = await reader.finishOfRollouts(jobs, rollouts);
  const touched = await reader.factsBefore(
    jobs,
    wanted(jobs, n => stored[n].flatMap(({ touches }) => touches ?? [])),
  );
  return jobs.map((job, n) => {
    const deployments = unique([...late[n], ...members[n]]);
    const start = Math.min(
      job.start,
      // A failed attempt at the instant of the live one: that one goes along.
      before[n].at !== undefined && before[n].at >= job.start
        ? before[n].at - 1
        : Infinity,
      ...finishesOfRollouts(members[n]),
      ...finishes[n],
    );
    return { deployments, stored: stored[n], touched: touched[n], start };
  });
}

/** A rollout counts when its last member finished. */
function finishesOfRollouts(members: readonly StoredDeployment[]): number[] {
  const finishes = new Map<string, number>();
  for (const { deployment } of members) {
    const id = deployment.rolloutId!;
    finishes.set(
      id,
      Math.max(finishes.get(id) ?? -Infinity, deployment.finishedAt),
    );
  }
  return [...finishes.values()];
}

async function readContexts(
  trx: Knex.Transaction,
  jobs: readonly Job[],
  suffixes: readonly Suffix[],
  before: readonly LiveBefore[],
): Promise<readonly ReadExcerpt[]> {
  if (jobs.length === 0) return [];
  const reader = new ExcerptReader(trx);
  const unitReader = new UnitReader(trx);
  const changeReader = new ChangeReader(trx);
  const of = (n: number) => suffixes[n].deployments;
  const known = await changeReader.changes(
    jobs.flatMap((_, n) =>
      of(n)
        .filter(hasChanges)
        .map(({ rowId }) => rowId),
    ),
  );
  const shas = wanted(jobs, n =>
    of(n).flatMap(({ rowId }) => known.get(rowId)?.map(({ sha }) => sha) ?? []),
  );
  const revisions = wanted(jobs, n =>
    of(n).map(({ deployment }) => deployment.revision),
  );
  const liveBefore = await changeReader.live(jobs, shas);
  const parentsBefore = await changeReader.descendants(jobs, [
    ...shas,
    ...revisions,
  ]);
  const incidents = await new IncidentReader(trx).read(jobs, {
    ids: wanted(jobs, n => of(n).map(({ deployment }) => deployment.id)),
    revisions,
    facts: wanted(jobs, n => [
      ...suffixes[n].stored.map(({ deploymentId }) => deploymentId),
    ]),
  });
  const named = await reader.named(
    jobs,
    wanted(jobs, n => [
      ...of(n).map(({ deployment }) => deployment.remediates),
      ...incidents[n].incidents.map(({ incident }) => incident.deployment),
    ]),
  );
  const instances = await unitReader.instances(jobs, revisions);
  const blamed = await unitReader.unitsOfRevision(
    jobs,
    wanted(jobs, n =>
      incidents[n].incidents.map(({ incident }) => incident.revision),
    ),
  );
  const context = await unitReader.units(
    jobs,
    wanted(jobs, n => [
      ...before[n].live,
      ...instances[n],
      ...blamed[n],
      ...named[n].map(({ rowId }) => rowId),
    ]),
  );
  return jobs.map((job, n) => ({
    excerpt: {
      job,
      suffix: of(n),
      context: without(context[n], of(n)),
      changes: known,
      liveBefore: liveBefore[n],
      parentsBefore: parentsBefore[n],
      incidents: incidents[n].incidents,
      links: incidents[n].links,
      stored: suffixes[n].stored,
      touched: suffixes[n].touched,
    },
  }));
}

/** Whether the changes of a deployment are known. @internal */
export function hasChanges({ changesState }: StoredDeployment): boolean {
  return changesState === 'given' || changesState === 'fetched';
}

/** Each value of a job once. */
function wanted(
  jobs: readonly Job[],
  valuesOf: (n: number) => readonly (string | undefined)[],
): Wanted[] {
  return jobs.flatMap((_, job) =>
    [...new Set(valuesOf(job))].flatMap(value =>
      value === undefined ? [] : [{ job, value }],
    ),
  );
}

function unique(rows: readonly StoredDeployment[]): StoredDeployment[] {
  return [...new Map(rows.map(row => [row.rowId, row])).values()];
}

function without(
  rows: readonly StoredDeployment[],
  others: readonly StoredDeployment[],
): StoredDeployment[] {
  const taken = new Set(others.map(({ rowId }) => rowId));
  return unique(rows).filter(({ rowId }) => !taken.has(rowId));
}
