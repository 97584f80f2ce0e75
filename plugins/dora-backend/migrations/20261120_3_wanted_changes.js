// @ts-check

/**
 * Comparisons are made for the newest deployments first.
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `CREATE INDEX deployments_wanted_newest ON deployments (finished_at DESC NULLS LAST, id DESC) WHERE changes_state = 'wanted'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`DROP INDEX deployments_wanted_newest`);
};
