// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('deliveries', table => {
    table.comment('Revisions on their way to namespaces (local delivery)');
    table.uuid('id').primary();
    table.string('namespace', 63).notNullable();
    table
      .string('namespace_uid')
      .notNullable()
      .comment('A namespace made anew under the same name is another one');
    table.string('component').notNullable();
    table.string('owner').notNullable().comment('Entity reference of a group');
    table.string('environment').nullable();
    table.string('repository').notNullable().comment('<owner>/<name>');
    table.string('revision').notNullable().comment('The commit');
    table
      .string('trigger')
      .notNullable()
      .comment('push, namespace, reconcile or manual');
    table
      .string('status')
      .notNullable()
      .comment('queued, running, succeeded, failed or superseded');
    table.text('message').nullable().comment('The outcome in a sentence');
    table.bigInteger('created_at').notNullable().comment('Milliseconds');
    table.bigInteger('started_at').nullable().comment('Milliseconds');
    table.bigInteger('finished_at').nullable().comment('Milliseconds');
    table
      .bigInteger('heartbeat_at')
      .nullable()
      .comment(
        'Milliseconds; a running delivery whose worker died has an old one',
      );
    table.index(['namespace', 'created_at']);
    table.index(['owner', 'created_at']);
    table.index(['status']);
  });
  // One delivery at a time per namespace, whatever how many processes work.
  for (const status of ['queued', 'running']) {
    await knex.raw(
      `CREATE UNIQUE INDEX deliveries_one_${status} ON deliveries (namespace) WHERE status = '${status}'`,
    );
  }
  await knex.schema.createTable('delivery_log', table => {
    table.comment('What happened during a delivery, line by line');
    table.increments('id');
    table
      .uuid('delivery_id')
      .notNullable()
      .references('id')
      .inTable('deliveries')
      .onDelete('CASCADE');
    table.bigInteger('at').notNullable().comment('Milliseconds');
    table.string('level').notNullable().comment('info, warn or error');
    table.text('message').notNullable();
    table.index(['delivery_id', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('delivery_log');
  await knex.schema.dropTable('deliveries');
};
