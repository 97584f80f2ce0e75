import type { Knex } from 'knex';
import { query } from '../facts/query';
import type { Base, Derived } from './deriveExcerpt';
import type { StoredDeployment } from './Job';

interface Update {
  readonly id: string;
  readonly state: 'wanted' | 'none';
  readonly base?: string;
  readonly reason?: string;
}

/**
 * Says of which deployments the changes are to be fetched, and what to compare
 * them with. Returns the services of which fetched changes are out of date:
 * they have been compared with a revision that was not live right before.
 * @internal
 */
export async function wantChanges(
  trx: Knex.Transaction,
  derived: readonly Derived[],
): Promise<ReadonlySet<number>> {
  const bases = basesOf(derived);
  const updates = new Map<string, Update>();
  const stale = new Set<number>();
  for (const { excerpt } of derived) {
    for (const row of excerpt.suffix) {
      const update = updateOf(row, bases.get(row.rowId));
      if (!update) continue;
      updates.set(row.rowId, update);
      if (row.changesState === 'fetched') stale.add(row.serviceId);
    }
  }
  await write(trx, [...updates.values()]);
  return stale;
}

/**
 * What each deployment is to be compared with. Where a service has several
 * production environments, the one right before in the same environment: that
 * comparison holds the changes of both views.
 */
function basesOf(derived: readonly Derived[]): ReadonlyMap<string, Base> {
  const ordered = [...derived].sort((a, b) =>
    a.excerpt.job.view < b.excerpt.job.view ? -1 : 1,
  );
  const result = new Map<string, Base>();
  for (const { bases } of ordered) {
    for (const [id, base] of bases) {
      const unknown = base.unknown || (result.get(id)?.unknown ?? false);
      result.set(id, { ...base, unknown });
    }
  }
  return result;
}

function updateOf(
  { rowId, changesState, baseRevision, deployment }: StoredDeployment,
  base: Base | undefined,
): Update | undefined {
  if (changesState === 'given') return undefined;
  if (!base || (!base.unknown && changesState !== 'fetched')) {
    return changesState === 'wanted' ? { id: rowId, state: 'none' } : undefined;
  }
  if (deployment.revision === undefined || base.revision === undefined) {
    const reason =
      deployment.revision === undefined
        ? 'The deployment names no revision to compare.'
        : 'The deployment that was live before names no revision to compare with.';
    return changesState === 'wanted' ||
      (changesState === 'none' && base.unknown)
      ? { id: rowId, state: 'none', reason }
      : undefined;
  }
  const current = changesState !== 'none' && baseRevision === base.revision;
  return current
    ? undefined
    : { id: rowId, state: 'wanted', base: base.revision };
}

async function write(
  trx: Knex.Transaction,
  updates: readonly Update[],
): Promise<void> {
  if (updates.length === 0) return;
  await query(
    trx,
    `UPDATE deployments d SET changes_state = u.state, base_revision = u.base, changes_reason = u.reason,
      changes_attempts = 0, changes_next_at = NULL
    FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) AS u(id, state, base, reason)
    WHERE d.id = u.id AND (d.changes_state, d.base_revision, d.changes_reason) IS DISTINCT FROM (u.state, u.base, u.reason)`,
    [
      updates.map(({ id }) => id),
      updates.map(({ state }) => state),
      updates.map(({ base }) => base ?? null),
      updates.map(({ reason }) => reason ?? null),
    ],
  );
}
