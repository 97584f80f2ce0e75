import type { Knex } from 'knex';

/** Where copies of rows go. */
export interface Copy {
  /** Tells the copies apart: 1 to 9. */
  readonly number: number;
  /** Of what the rows of this and lower ids are copied. */
  readonly last: { readonly deployments: number; readonly incidents: number };
  /** What is added to the services' ids. */
  readonly services: number;
  /** How much earlier the copies are. */
  readonly seconds: number;
  /** The commits of one service in this many are copied. */
  readonly changesOfOneIn: number;
}

/** The tables that are copied. */
export const COPIED = [
  'deployments',
  'changes',
  'incidents',
  'facts',
  'incident_facts',
];

const LETTERS = 'ghijklmnop';
const AGO = `:seconds * interval '1 second'`;
/** Another commit of the same length, for the same service. */
const renamed = (column: string) =>
  `CASE WHEN :services = 0 THEN overlay(${column} placing :letter from 1) ELSE ${column} END`;

const INTERVALS = `(SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'openedAt', (span ->> 'openedAt')::bigint - :seconds::bigint * 1000, 'resolvedAt', (span ->> 'resolvedAt')::bigint - :seconds::bigint * 1000)) ORDER BY n)
  FROM jsonb_array_elements(intervals) WITH ORDINALITY AS spans(span, n))`;

const COPIES = [
  `INSERT INTO deployments (id, service_id, source, external_id, environment, production, status, revision, started_at, finished_at, rollout_id, remediates, hotfix, changes_state)
   SELECT id + :deployments, service_id + :services, source, external_id || :suffix, environment, production, status, ${renamed(
     'revision',
   )}, started_at - ${AGO}, finished_at - ${AGO}, rollout_id || :copy, remediates || :suffix, hotfix, changes_state
   FROM deployments WHERE id <= :lastDeployment`,
  `INSERT INTO changes (deployment_id, service_id, sha, committed_at, parents)
   SELECT deployment_id + :deployments, service_id + :services, ${renamed(
     'sha',
   )}, committed_at - ${AGO}, CASE WHEN cardinality(parents) = 0 THEN parents ELSE ARRAY[${renamed(
    'parents[1]',
  )}] END
   FROM changes WHERE deployment_id <= :lastDeployment AND service_id % :oneIn = 1 % :oneIn`,
  `INSERT INTO incidents (id, service_id, source, external_id, opened_at, intervals, open, deployment_ref)
   SELECT id + :incidents, service_id + :services, source, external_id || :suffix, opened_at - ${AGO}, ${INTERVALS}, open, deployment_ref || :suffix
   FROM incidents WHERE id <= :lastIncident`,
  `INSERT INTO facts (deployment_id, view, service_id, finished_at, flags, changes_after, environment, lead_seconds, lead_more, impact_at, recovered_at, role, revision, rollout_id, reasons)
   SELECT deployment_id + :deployments, view, service_id + :services, finished_at - ${AGO}, flags, changes_after, environment, lead_seconds, lead_more, impact_at - ${AGO}, recovered_at - ${AGO}, role, ${renamed(
    'revision',
  )}, rollout_id || :copy, reasons
   FROM facts WHERE deployment_id <= :lastDeployment`,
  `INSERT INTO incident_facts (incident_id, view, service_id, opened_at, deployment_id, signature)
   SELECT incident_id + :incidents, view, service_id + :services, opened_at - ${AGO}, deployment_id + :deployments, signature
   FROM incident_facts WHERE incident_id <= :lastIncident`,
];

/** Adds one copy of everything, the facts included. */
export async function addCopy(knex: Knex, copy: Copy): Promise<void> {
  const { last, number, services, seconds, changesOfOneIn } = copy;
  const values = {
    ...{ services, seconds, oneIn: changesOfOneIn },
    copy: `-${services ? 's' : 't'}${number}`,
    // a service's ids are its own, but not those of its own past
    suffix: services ? '' : `-${number}`,
    letter: LETTERS[number], // no commit begins with one, so that none is copied to itself
    deployments: last.deployments * number,
    incidents: last.incidents * number,
    lastDeployment: last.deployments,
    lastIncident: last.incidents,
  };
  for (const statement of COPIES) await knex.raw(statement, values);
}

/** The ids of what there is. */
export async function lastIds(knex: Knex): Promise<Copy['last']> {
  const { rows } = await knex.raw(
    `SELECT (SELECT max(id) FROM deployments)::float8 AS deployments, (SELECT max(id) FROM incidents)::float8 AS incidents`,
  );
  return rows[0];
}

/** Lets new rows come after the copies. */
export async function resetSequences(knex: Knex): Promise<void> {
  await knex.raw(
    `SELECT setval('deployments_id_seq', (SELECT max(id) FROM deployments)), setval('incidents_id_seq', (SELECT max(id) FROM incidents)), setval('services_id_seq', (SELECT max(id) FROM services))`,
  );
}
