// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deliveries', table => {
    table
      .string('rollout_id')
      .nullable()
      .comment('The same for all deliveries that one push made');
    table
      .bigInteger('reported_at')
      .nullable()
      .comment(
        'Milliseconds; when the plugin in platform.localDelivery.reportTo took it',
      );
  });
  await knex.raw(
    `CREATE INDEX deliveries_unreported ON deliveries (finished_at) WHERE reported_at IS NULL`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX deliveries_unreported');
  await knex.schema.alterTable('deliveries', table => {
    table.dropColumn('reported_at');
    table.dropColumn('rollout_id');
  });
};
