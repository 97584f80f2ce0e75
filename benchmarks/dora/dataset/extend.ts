import type { Knex } from 'knex';
import { dropIndexes } from './indexes';

/** Of how many services the changes are copied as well: one in this many. */
export const CHANGES_OF_ONE_IN = 10;

const TABLES = [
  'deployments',
  'changes',
  'incidents',
  'facts',
  'incident_facts',
];

const AGO = `:seconds * interval '1 second'`;
/** Another commit of the same length. */
const renamed = (column: string) => `overlay(${column} placing :digit from 1)`;

const COPIES = [
  `INSERT INTO deployments (id, service_id, source, external_id, environment, production, status, revision, started_at, finished_at, rollout_id, remediates, hotfix, changes_state)
   SELECT id + :deployments, service_id, source, external_id || :copy, environment, production, status, ${renamed(
     'revision',
   )}, started_at - ${AGO}, finished_at - ${AGO}, rollout_id || :copy, remediates || :copy, hotfix, changes_state
   FROM deployments WHERE id <= :lastDeployment`,
  `INSERT INTO changes (deployment_id, service_id, sha, committed_at, parents)
   SELECT deployment_id + :deployments, service_id, ${renamed(
     'sha',
   )}, committed_at - ${AGO}, CASE WHEN cardinality(parents) = 0 THEN parents ELSE ARRAY[${renamed(
    'parents[1]',
  )}] END
   FROM changes WHERE deployment_id <= :lastDeployment AND service_id % :oneIn = 1`,
  `INSERT INTO incidents (id, service_id, source, external_id, opened_at, intervals, open, deployment_ref)
   SELECT id + :incidents, service_id, source, external_id || :copy, opened_at - ${AGO}, intervals, open, deployment_ref || :copy
   FROM incidents WHERE id <= :lastIncident`,
  `INSERT INTO facts (deployment_id, view, service_id, finished_at, flags, changes_after, environment, lead_seconds, lead_more, impact_at, recovered_at, role, revision, rollout_id, reasons)
   SELECT deployment_id + :deployments, view, service_id, finished_at - ${AGO}, flags, changes_after, environment, lead_seconds, lead_more, impact_at - ${AGO}, recovered_at - ${AGO}, role, ${renamed(
    'revision',
  )}, rollout_id || :copy, reasons
   FROM facts WHERE deployment_id <= :lastDeployment`,
  `INSERT INTO incident_facts (incident_id, view, service_id, opened_at, deployment_id, signature)
   SELECT incident_id + :incidents, view, service_id, opened_at - ${AGO}, deployment_id + :deployments, signature
   FROM incident_facts WHERE incident_id <= :lastIncident`,
];

/**
 * Puts copies of the whole history before it, so that it is `times` as long,
 * at the same rate. The facts move along: every deployment lists its changes,
 * so that none of them depends on what was before.
 */
export async function extend(
  knex: Knex,
  { times, span }: { times: number; span: number },
): Promise<void> {
  const { rows } = await knex.raw(
    'SELECT max(id) AS deployments, (SELECT max(id) FROM incidents) AS incidents FROM deployments',
  );
  const last = rows[0] as { deployments: string; incidents: string };
  const original = {
    deployments: Number(last.deployments),
    incidents: Number(last.incidents),
  };
  const indexes = await dropIndexes(knex, TABLES);
  for (let copy = 1; copy < times; copy++) {
    const values = {
      copy: `-${copy}`,
      digit: String(copy),
      seconds: (copy * span) / 1000,
      deployments: original.deployments * copy,
      incidents: original.incidents * copy,
      lastDeployment: original.deployments,
      lastIncident: original.incidents,
      oneIn: CHANGES_OF_ONE_IN,
    };
    for (const statement of COPIES) await knex.raw(statement, values);
  }
  await knex.raw(
    `UPDATE services SET first_event_at = first_event_at - :seconds * interval '1 second'`,
    { seconds: ((times - 1) * span) / 1000 },
  );
  await knex.raw(
    `SELECT setval('deployments_id_seq', (SELECT max(id) FROM deployments)), setval('incidents_id_seq', (SELECT max(id) FROM incidents))`,
  );
  for (const index of indexes) await knex.raw(index);
  await knex.raw('VACUUM ANALYZE');
}
