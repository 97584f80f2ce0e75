import type { Knex } from 'knex';
import { FLAGS } from '../../facts/flags';
import { query } from '../../facts/query';
import type { DeploymentRecord } from './DeploymentReader';

/** A commit, and the deployment that had brought it live before, if any did. @internal */
export interface ChangeRecord {
  readonly sha: string;
  readonly committed_at: Date;
  readonly first_committed_at: Date | null;
  readonly pull_request: number | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly url: string | null;
  /** Row id. */
  readonly live_by: string | null;
  readonly live_since: Date | null;
}

const UNIT = `f.deployment_id AS id, f.finished_at, d.source, d.external_id`;
const SUCCEEDED = `f.view = '' AND f.flags & ${FLAGS.succeeded} <> 0`;
const LISTED = `FROM changes o JOIN deployments d ON d.id = o.deployment_id AND d.changes_state IN ('given', 'fetched')`;

const BROUGHT_BY_LIST = `SELECT ${UNIT} ${LISTED} AND d.rollout_id IS NULL
  JOIN facts f ON f.deployment_id = d.id AND ${SUCCEEDED}
  WHERE o.service_id = c.service_id AND o.sha = c.sha`;

// What a rollout did outside of production brought nothing live.
const BROUGHT_BY_FAMILY = `SELECT ${UNIT} ${LISTED} AND d.production AND d.status IN ('success', 'failure')
  JOIN facts f ON f.rollout_id = d.rollout_id AND f.service_id = d.service_id AND ${SUCCEEDED}
  WHERE o.service_id = c.service_id AND o.sha = c.sha`;

const BROUGHT_AS_REVISION = `SELECT ${UNIT} FROM facts f JOIN deployments d ON d.id = f.deployment_id
  WHERE f.service_id = c.service_id AND lower(left(f.revision, 7)) = lower(left(c.sha, 7)) AND f.revision = c.sha AND ${SUCCEEDED}`;

/** What only the page about one deployment shows. @internal */
export class DetailReader {
  constructor(private readonly database: Knex) {}

  /** The changes of a deployment, the newest first, and one more than the limit where there are more. */
  async changes(
    row: DeploymentRecord,
    unitFinishedAt: Date | null,
    limit: number,
  ): Promise<ChangeRecord[]> {
    return query<ChangeRecord>(
      this.database,
      `SELECT c.sha, c.committed_at, c.first_committed_at, c.pull_request, c.title, c.author, c.url,
        l.id::text AS live_by, l.finished_at AS live_since
      FROM (SELECT * FROM changes WHERE deployment_id = ?::bigint ORDER BY committed_at DESC, sha LIMIT ?) c
      LEFT JOIN LATERAL (
        SELECT b.id, b.finished_at FROM (${BROUGHT_BY_LIST} UNION ${BROUGHT_BY_FAMILY} UNION ${BROUGHT_AS_REVISION}) b
        ORDER BY b.finished_at, b.source COLLATE "C", b.external_id COLLATE "C" LIMIT 1
      ) l ON l.finished_at < ?::timestamptz
        OR (l.finished_at = ?::timestamptz AND l.id <> ?::bigint)
      ORDER BY c.committed_at DESC, c.sha`,
      [
        ...[row.id, limit + 1],
        ...[instantOf(unitFinishedAt), instantOf(unitFinishedAt)],
        row.fact_id ?? row.id,
      ],
    );
  }

  /** The revision that was live right before an instant. */
  async previousRevision(
    serviceId: number,
    finishedAt: Date,
  ): Promise<string | null> {
    const [row] = await query<{ revision: string | null }>(
      this.database,
      `SELECT revision FROM facts WHERE service_id = ? AND view = '' AND finished_at < ? AND flags & ${FLAGS.succeeded} <> 0
      ORDER BY finished_at DESC LIMIT 1`,
      [serviceId, finishedAt.toISOString()],
    );
    return row?.revision ?? null;
  }

  /** When the facts of a deployment finished: those of a rollout with its last member. */
  async finishOf(factId: string): Promise<Date | null> {
    const [row] = await query<{ finished_at: Date }>(
      this.database,
      `SELECT finished_at FROM facts WHERE deployment_id = ?::bigint AND view = ''`,
      [factId],
    );
    return row?.finished_at ?? null;
  }
}

function instantOf(date: Date | null): string {
  return date ? date.toISOString() : '-infinity';
}
