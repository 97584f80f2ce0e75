// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What was put aside is not read again whenever its deployment has another event.
  await knex.raw(
    `CREATE INDEX events_of_one ON events (kind, source, external_id) WHERE state <> 'rejected'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`DROP INDEX events_of_one`);
};
