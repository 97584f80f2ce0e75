import type { Knex } from 'knex';

const SQL = `
WITH attempts AS MATERIALIZED (
  SELECT id, service_id, status, finished_at, date_trunc('week', finished_at) AS week
  FROM deployments
  WHERE production AND status IN ('success', 'failure')
    AND finished_at >= :from AND finished_at < :to
    AND (:service::int IS NULL OR service_id = :service)
),
caused AS MATERIALIZED (
  SELECT i.id, i.opened_at, cause.id AS deployment_id,
    (SELECT max((span ->> 'resolvedAt')::float8) FROM jsonb_array_elements(i.intervals) AS span) / 1000
      - extract(epoch FROM i.opened_at) AS seconds
  FROM incidents i
  CROSS JOIN LATERAL (
    SELECT d.id FROM deployments d
    WHERE d.service_id = i.service_id AND d.production AND d.status = 'success'
      AND (d.external_id = i.deployment_ref OR i.deployment_ref IS NULL
        AND d.finished_at <= i.opened_at AND d.finished_at >= i.opened_at - interval '72 hours')
    ORDER BY d.finished_at DESC LIMIT 1
  ) AS cause
  WHERE i.opened_at >= :from AND i.opened_at < :to::timestamptz + interval '30 days'
    AND (:service::int IS NULL OR i.service_id = :service)
),
lead AS (
  SELECT a.week,
    percentile_cont(ARRAY[0.5, 0.75, 0.9]) WITHIN GROUP (
      ORDER BY extract(epoch FROM a.finished_at - c.committed_at)) AS seconds
  FROM attempts a JOIN changes c ON c.deployment_id = a.id
  WHERE a.status = 'success'
  GROUP BY a.week
)
SELECT a.week,
  count(DISTINCT a.id) FILTER (WHERE a.status = 'success') AS deployments,
  count(DISTINCT a.id) FILTER (WHERE a.status = 'failure' OR caused.id IS NOT NULL)::float8
    / count(DISTINCT a.id) AS fail_rate,
  percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY caused.seconds) AS recovery,
  lead.seconds AS lead
FROM attempts a
LEFT JOIN caused ON caused.deployment_id = a.id
LEFT JOIN lead ON lead.week = a.week
GROUP BY a.week, lead.seconds
ORDER BY a.week`;

/**
 * The metrics as they are commonly computed: deployments, changes and incidents
 * are joined when somebody asks. It answers less than the backend does: no
 * window before, no roll-up over the window, no first-live rule, no rollbacks,
 * no rollouts, no remediation, no outages, no findings.
 */
export async function plainAnswer(
  knex: Knex,
  window: { from: Date; to: Date; serviceId?: number },
): Promise<unknown[]> {
  const { rows } = await knex.raw(SQL, {
    from: window.from,
    to: window.to,
    service: window.serviceId ?? null,
  });
  return rows;
}
