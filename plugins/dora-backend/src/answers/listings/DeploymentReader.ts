import type { Knex } from 'knex';
import type { FactReasons } from '../../derivation/Job';
import { FLAGS } from '../../facts/flags';
import { query, type SqlValue } from '../../facts/query';
import { timestamp, type Sql } from '../facts/where';
import type { Window } from '../query/Filter';
import type { Page } from '../query/cursor';

/** Which deployments are listed. @internal */
export interface ListingScope {
  /** Undefined: of all services. */
  readonly serviceIds?: readonly number[];
  /** In lower case. */
  readonly environment?: string;
  readonly window: Window;
  /** Only those that failed, or are rework. */
  readonly show?: 'failed' | 'rework';
}

/** A deployment with the facts that it speaks for, or that its rollout has. @internal */
export interface DeploymentRecord {
  readonly id: string;
  readonly service_id: number;
  readonly ref: string;
  readonly source: string;
  readonly external_id: string;
  readonly environment: string;
  readonly production: boolean;
  readonly status: string;
  readonly revision: string | null;
  readonly version: string | null;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly rollout_id: string | null;
  readonly url: string | null;
  readonly remediates: string | null;
  readonly hotfix: boolean;
  readonly changes_state: string;
  readonly changes_reason: string | null;
  /** Position in the listing, in microseconds since 1970. */
  readonly at: string;
  /** Of the facts: the deployment that speaks for them; null where there are none. */
  readonly fact_id: string | null;
  readonly view: string | null;
  readonly flags: number | null;
  readonly role: string | null;
  readonly lead_seconds: Buffer | null;
  readonly lead_more: Buffer | null;
  readonly impact_at: Date | null;
  readonly recovered_at: Date | null;
  readonly reasons: FactReasons | null;
  readonly touches: string[] | null;
}

const AT = 'coalesce(d.finished_at, d.started_at)';
const COLUMNS = `d.id::text, d.service_id, s.ref, d.source, d.external_id, d.environment, d.production, d.status, d.revision,
  d.version, d.started_at, d.finished_at, d.rollout_id, d.url, d.remediates, d.hotfix, d.changes_state, d.changes_reason,
  (extract(epoch FROM ${AT}) * 1000000)::bigint::text AS at,
  f.deployment_id::text AS fact_id, f.view, f.flags, f.role, f.lead_seconds, f.lead_more, f.impact_at, f.recovered_at, f.reasons, f.touches::text[]`;

/** An instant from microseconds since 1970, exactly; takes them twice. @internal */
export const MICROSECONDS = `to_timestamp((?::bigint / 1000000)::float8) + (?::bigint % 1000000) * interval '1 microsecond'`;

/** Reads deployments, the newest first. @internal */
export class DeploymentReader {
  constructor(private readonly database: Knex) {}

  /** A page of them, and one more where there is a next page. */
  async page(
    scope: ListingScope,
    { after, limit }: Page,
  ): Promise<DeploymentRecord[]> {
    const where = conditions(scope);
    const facts = factsOf(scope.environment);
    return query<DeploymentRecord>(
      this.database,
      `SELECT ${COLUMNS} FROM deployments d JOIN services s ON s.id = d.service_id ${
        facts.text
      }
      WHERE ${where.text} ${
        after ? `AND (${AT}, d.id) < (${MICROSECONDS}, ?::bigint)` : ''
      }
      ORDER BY ${AT} DESC, d.id DESC LIMIT ?`,
      [
        ...[...facts.values, ...where.values],
        ...(after ? [after.at, after.at, after.id] : []),
        limit + 1,
      ],
    );
  }

  /** All of them, page by page. */
  async *pages(
    scope: ListingScope,
    size: number,
  ): AsyncGenerator<readonly DeploymentRecord[]> {
    let after: Page['after'];
    for (;;) {
      const rows = await this.page(scope, { after, limit: size });
      const page = rows.slice(0, size);
      if (page.length > 0) yield page;
      if (rows.length <= size) return;
      after = page[page.length - 1];
    }
  }

  /** One of them. */
  async find(id: string): Promise<DeploymentRecord | undefined> {
    const facts = factsOf(undefined);
    const [row] = await query<DeploymentRecord>(
      this.database,
      `SELECT ${COLUMNS} FROM deployments d JOIN services s ON s.id = d.service_id ${facts.text} WHERE d.id = ?::bigint`,
      [...facts.values, id],
    );
    return row;
  }
}

/** The facts of a deployment, or of the rollout that it is a member of. */
function factsOf(environment: string | undefined): Sql {
  const view =
    environment === undefined
      ? `x.flags & ${FLAGS.everywhere} <> 0`
      : 'x.environment = ?';
  const values = environment === undefined ? [] : [environment];
  return {
    text: `LEFT JOIN LATERAL (
      SELECT x.* FROM facts x WHERE x.deployment_id = d.id AND ${view}
      UNION
      SELECT x.* FROM facts x WHERE x.rollout_id = d.rollout_id AND x.service_id = d.service_id AND ${view}
        AND d.production AND d.status IN ('success', 'failure') AND d.finished_at IS NOT NULL
    ) f ON true`,
    values: [...values, ...values],
  };
}

function conditions({
  serviceIds,
  environment,
  window,
  show,
}: ListingScope): Sql {
  const parts: { text: string; values: SqlValue[] }[] = [
    {
      text: `${AT} >= ? AND ${AT} < ?`,
      values: [timestamp(window.from), timestamp(window.to)],
    },
  ];
  if (serviceIds) {
    parts.push({
      text: 'd.service_id = any(?::int[])',
      values: [[...serviceIds]],
    });
  }
  if (environment !== undefined) {
    parts.push({ text: 'lower(d.environment) = ?', values: [environment] });
  }
  if (show) {
    // A rollout is listed by the member that speaks for it.
    parts.push({
      text: `f.deployment_id = d.id AND f.flags & ${FLAGS[show]} <> 0`,
      values: [],
    });
  }
  return {
    text: parts.map(part => part.text).join(' AND '),
    values: parts.flatMap(part => part.values),
  };
}
