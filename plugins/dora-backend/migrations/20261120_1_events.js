// @ts-check

/**
 * PostgreSQL only: the answers need percentiles, arrays and upserts that take
 * a batch at once.
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('services', table => {
    table.comment('Components that an event has spoken of');
    table.increments('id');
    table.text('ref').notNullable().unique().comment('Entity reference');
    table
      .timestamp('first_event_at')
      .nullable()
      .comment('Earliest instant that any of its events names');
    table
      .boolean('multi_environment')
      .notNullable()
      .defaultTo(false)
      .comment('It has deployments in more than one production environment');
  });

  await knex.schema.createTable('webhook_deliveries', table => {
    table.comment('Webhooks whose signature was right, as they came');
    table.bigIncrements('id');
    table.text('source').notNullable();
    table
      .text('delivery_key')
      .notNullable()
      .comment("The sender's delivery id, or a hash of the body");
    table
      .jsonb('headers')
      .notNullable()
      .comment('What the mapper needs; never signatures or tokens');
    table
      .specificType('body', 'bytea')
      .nullable()
      .comment('Removed after dora.retention.rawBodies');
    table.timestamp('received_at').notNullable();
    table
      .text('state')
      .notNullable()
      .comment('pending, processed, ignored or rejected');
    table.text('reason').nullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.unique(['source', 'delivery_key']);
  });
  await knex.raw(
    `CREATE INDEX webhook_deliveries_open ON webhook_deliveries (state, received_at, id) WHERE state IN ('pending', 'rejected')`,
  );
  await knex.raw(
    `CREATE INDEX webhook_deliveries_bodies ON webhook_deliveries (received_at) WHERE body IS NOT NULL`,
  );

  await knex.schema.createTable('events', table => {
    table.comment('Every event that was accepted; all else is derived from it');
    table.bigIncrements('id');
    table.text('kind').notNullable().comment('deployment or incident');
    table.text('source').notNullable();
    table.text('external_id').notNullable();
    table.text('status').notNullable();
    table
      .timestamp('instant')
      .nullable()
      .comment("When the status was reached, by the sender's clock");
    table
      .specificType('service_refs', 'text[]')
      .nullable()
      .comment('Services that the sender names');
    table
      .jsonb('lookup')
      .nullable()
      .comment('Annotations by which the service is looked for otherwise');
    table
      .specificType('resolved_refs', 'text[]')
      .nullable()
      .comment('Services that the event counts for');
    table
      .jsonb('body')
      .notNullable()
      .comment('The event without kind, service');
    table
      .specificType('content_hash', 'bytea')
      .notNullable()
      .comment('SHA-256 of the whole event in canonical form');
    table.integer('size').notNullable().comment('Bytes of the body');
    table.bigInteger('delivery_id').nullable();
    table.timestamp('received_at').notNullable();
    table
      .text('state')
      .notNullable()
      .comment('pending, processed, unmatched or rejected');
    table.text('reason').nullable();
    table.unique(['kind', 'source', 'external_id', 'content_hash']);
  });
  await knex.raw(
    `CREATE INDEX events_pending ON events (id) WHERE state = 'pending'`,
  );
  await knex.raw(
    `CREATE INDEX events_open ON events (state, received_at, id) WHERE state <> 'processed'`,
  );
  await knex.raw(`CREATE INDEX events_source ON events (source, received_at)`);
  await knex.raw(
    `CREATE INDEX events_age ON events ((coalesce(instant, received_at)))`,
  );

  await knex.schema.createTable('deployments', table => {
    table.comment('One row an attempt, merged from its events');
    table.bigIncrements('id');
    table.integer('service_id').notNullable().references('services.id');
    table.text('source').notNullable();
    table.text('external_id').notNullable();
    table.text('environment').notNullable();
    table.boolean('production').notNullable();
    table.text('status').notNullable();
    table.text('revision').nullable();
    table.text('version').nullable();
    table.timestamp('started_at').nullable();
    table.timestamp('finished_at').nullable();
    table.text('rollout_id').nullable();
    table.text('url').nullable();
    table.text('remediates').nullable().comment('External id');
    table.boolean('hotfix').notNullable().defaultTo(false);
    table
      .text('changes_state')
      .notNullable()
      .defaultTo('none')
      .comment('given, none, wanted, fetched or unavailable');
    table.text('changes_reason').nullable();
    table.integer('changes_attempts').notNullable().defaultTo(0);
    table.timestamp('changes_next_at').nullable();
    table
      .text('base_revision')
      .nullable()
      .comment('Revision that was live right before');
    table
      .specificType('ancestor_of', 'text[]')
      .nullable()
      .comment('Revisions that the Git provider says this one is older than');
    table.unique(['service_id', 'source', 'external_id', 'environment']);
    table.index(['service_id', 'finished_at']);
  });
  await knex.raw(
    `CREATE INDEX deployments_rollout ON deployments (rollout_id) WHERE rollout_id IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX deployments_wanted ON deployments (changes_next_at) WHERE changes_state = 'wanted'`,
  );

  await knex.schema.createTable('changes', table => {
    table.comment('Commits of the deployments');
    table
      .bigInteger('deployment_id')
      .notNullable()
      .references('deployments.id')
      .onDelete('CASCADE');
    table.integer('service_id').notNullable();
    table.text('sha').notNullable();
    table.timestamp('committed_at').notNullable();
    table.timestamp('first_committed_at').nullable();
    table.integer('pull_request').nullable();
    table.specificType('parents', 'text[]').notNullable().defaultTo('{}');
    table.text('title').nullable();
    table.text('author').nullable();
    table.text('url').nullable();
    table.primary(['deployment_id', 'sha']);
    table.index(['service_id', 'sha']);
  });

  await knex.schema.createTable('incidents', table => {
    table.comment('One row an incident and service, merged from its events');
    table.bigIncrements('id');
    table.integer('service_id').notNullable().references('services.id');
    table.text('source').notNullable();
    table.text('external_id').notNullable();
    table.timestamp('opened_at').notNullable();
    table
      .jsonb('intervals')
      .notNullable()
      .comment('[{openedAt, resolvedAt?}] in milliseconds, in order');
    table.boolean('open').notNullable();
    table.text('deployment_ref').nullable().comment('External id');
    table.text('revision').nullable();
    table.text('severity').nullable();
    table.text('title').nullable();
    table.text('url').nullable();
    table.unique(['service_id', 'source', 'external_id']);
    table.index(['service_id', 'opened_at']);
  });

  await knex.schema.createTable('rejections', table => {
    table.comment('The newest bad items of requests that were taken otherwise');
    table.bigIncrements('id');
    table.text('source').notNullable().comment('Or the route it came by');
    table.timestamp('at').notNullable();
    table.text('field').notNullable();
    table.text('message').notNullable();
    table.text('kind').nullable().comment('deployment or incident');
    table.text('item').nullable().comment('As it came, or its beginning');
    table
      .boolean('complete')
      .notNullable()
      .defaultTo(false)
      .comment('The item is kept whole, so that it can be tried again');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'rejections',
    'incidents',
    'changes',
    'deployments',
    'events',
    'webhook_deliveries',
    'services',
  ]) {
    await knex.schema.dropTable(table);
  }
};
