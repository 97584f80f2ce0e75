import {
  deploymentKey,
  rollUp,
  type DeploymentFacts,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { FLAGS } from '../../facts/flags';
import { query } from '../../facts/query';
import { decodeSamples } from '../../facts/samples';
import { millis } from './FactReader';
import { inScope, timestamp, withFlags, type FactScope } from './where';

/**
 * Reads the rollouts that span several services: they count once in a roll-up,
 * which takes their members side by side. Everything else is added up by the
 * database.
 * @internal
 */
export class RolloutReader {
  constructor(private readonly database: Knex) {}

  /** The rollouts that finished, recovered or were not over in a window, merged. */
  async facts(
    scope: FactScope,
    window: { readonly from: number; readonly to: number },
  ): Promise<readonly DeploymentFacts[]> {
    const where = inScope(scope);
    const shared = `(f.flags & ${FLAGS.shared}) <> 0 AND ${withFlags(scope, {
      shared: true,
    })} AND ${where.text}`;
    const range = [timestamp(window.from), timestamp(window.to)];
    // OFFSET 0 has the members looked up one by one: the planner expects so many
    // of them that it would read all deployments there have ever been instead.
    const rows = await query<MemberRecord>(
      this.database,
      `WITH r AS (
        SELECT f.rollout_id FROM facts f WHERE f.finished_at >= ? AND f.finished_at < ? AND ${shared}
        UNION SELECT f.rollout_id FROM facts f WHERE f.impact_at IS NOT NULL AND f.recovered_at >= ? AND f.recovered_at < ? AND ${shared}
        UNION SELECT f.rollout_id FROM facts f WHERE f.impact_at IS NOT NULL AND f.recovered_at IS NULL AND ${shared}
      )
      SELECT f.rollout_id, s.ref, d.source, d.external_id, d.environment, f.flags, f.changes_after, f.role,
        ${millis('f.finished_at')} AS finished_at, ${millis(
        'f.impact_at',
      )} AS impact_at, ${millis('f.recovered_at')} AS recovered_at,
        f.lead_seconds, f.lead_more, f.reasons -> 'shas' AS shas
      FROM r
      CROSS JOIN LATERAL (SELECT f.* FROM facts f WHERE f.rollout_id = r.rollout_id AND ${shared} OFFSET 0) f
      CROSS JOIN LATERAL (SELECT d.* FROM deployments d WHERE d.id = f.deployment_id OFFSET 0) d
      JOIN services s ON s.id = f.service_id`,
      [
        ...[...range, ...where.values, ...range, ...where.values],
        ...[...where.values, ...where.values],
      ],
    );
    return rollUp(rows.map(toFacts));
  }
}

interface MemberRecord {
  readonly rollout_id: string;
  readonly ref: string;
  readonly source: string;
  readonly external_id: string;
  readonly environment: string;
  readonly flags: number;
  readonly changes_after: number;
  readonly role: DeploymentFacts['role'];
  readonly finished_at: number;
  readonly impact_at: number | null;
  readonly recovered_at: number | null;
  readonly lead_seconds: Buffer | null;
  readonly lead_more: Buffer | null;
  readonly shas: string[] | null;
}

/** As the engine made them, with as many reasons as it takes to be counted. */
function toFacts(row: MemberRecord): DeploymentFacts {
  const key = deploymentKey({
    source: row.source,
    id: row.external_id,
    service: row.ref,
    environment: row.environment,
  });
  const seconds = decodeSamples(row.lead_seconds, row.lead_more);
  return {
    key,
    id: row.external_id,
    service: row.ref,
    members: [key],
    rolloutId: row.rollout_id,
    finishedAt: row.finished_at,
    succeeded: (row.flags & FLAGS.succeeded) !== 0,
    role: row.role,
    failures: row.flags & FLAGS.failed ? [{ kind: 'failed-attempt' }] : [],
    rework: row.flags & FLAGS.rework ? [{ kind: 'hotfix' }] : [],
    samples: (row.shas ?? []).map((sha, i) => ({ sha, seconds: seconds[i] })),
    changesAfterDeployment: row.changes_after,
    changesUnknown: (row.flags & FLAGS.changesUnknown) !== 0,
    ...(row.impact_at !== null && {
      recovery: {
        impactAt: row.impact_at,
        recoveredAt: row.recovered_at ?? undefined,
      },
    }),
  };
}
