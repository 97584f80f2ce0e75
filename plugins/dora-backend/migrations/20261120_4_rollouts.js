// @ts-check

/**
 * Rollouts of several services are looked for in every roll-up, and are few:
 * without indexes of their own, all that finished in the window is read.
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `CREATE INDEX facts_shared_by_time ON facts (finished_at) INCLUDE (rollout_id, service_id, flags, environment) WHERE (flags & 16) <> 0`,
  );
  await knex.raw(
    `CREATE INDEX facts_shared_recovery ON facts (recovered_at) INCLUDE (rollout_id, service_id, flags, environment) WHERE (flags & 16) <> 0 AND impact_at IS NOT NULL`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`DROP INDEX facts_shared_by_time`);
  await knex.raw(`DROP INDEX facts_shared_recovery`);
};
