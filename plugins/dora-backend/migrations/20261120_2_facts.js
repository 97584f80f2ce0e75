// @ts-check

/**
 * What the answers are read from. Derived from deployments, changes and
 * incidents, and rebuilt from them whenever they change.
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('services', table => {
    table
      .specificType('production_environments', 'text[]')
      .notNullable()
      .defaultTo('{}')
      .comment('Lower case; those that deployments have finished in');
  });
  await createFacts(knex);
  await createFactIndexes(knex);
  await createIncidentFacts(knex);
  await createLookups(knex);
};

/** @param {import('knex').Knex} knex */
async function createFacts(knex) {
  await knex.schema.createTable('facts', table => {
    table.comment(
      'What a deployment, or a rollout’s part in one service, adds to the metrics',
    );
    table
      .bigInteger('deployment_id')
      .notNullable()
      .comment('Of the member that finished last');
    table
      .text('view')
      .notNullable()
      .comment(
        'Empty: all production environments; else the only one looked at',
      );
    table.integer('service_id').notNullable();
    table.timestamp('finished_at').notNullable();
    table
      .smallint('flags')
      .notNullable()
      .comment(
        '1 succeeded, 2 failed, 4 rework, 8 changes unknown, 16 in a rollout of several services, 32 counts without a filter by environment, 64 more samples in lead_more',
      );
    table.integer('changes_after').notNullable().defaultTo(0);
    table
      .text('environment')
      .nullable()
      .comment('The filter by environment that finds it');
    table
      .specificType('lead_seconds', 'bytea')
      .nullable()
      .comment('Little-endian int32 a sample, as many as an index row holds');
    table.specificType('lead_more', 'bytea').nullable();
    table.timestamp('impact_at').nullable();
    table.timestamp('recovered_at').nullable();
    table.text('role').notNullable();
    table.text('revision').nullable();
    table.text('rollout_id').nullable();
    table
      .jsonb('reasons')
      .nullable()
      .comment('Why it failed or is rework, and what only rollouts need');
    table
      .specificType('touches', 'bigint[]')
      .nullable()
      .comment('Earlier deployments whose facts rest on this one');
    table.primary(['deployment_id', 'view']);
  });
  // Index-only scans need the visibility map, also where rows are only added.
  await knex.raw(
    `ALTER TABLE facts SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, fillfactor = 90)`,
  );
}

/** @param {import('knex').Knex} knex */
async function createFactIndexes(knex) {
  const answer =
    'flags, changes_after, environment, deployment_id, lead_seconds';
  await knex.raw(
    `CREATE INDEX facts_by_time ON facts (finished_at) INCLUDE (service_id, ${answer})`,
  );
  await knex.raw(
    `CREATE INDEX facts_by_service ON facts (service_id, finished_at) INCLUDE (view, ${answer})`,
  );
  const recovery = 'impact_at, flags, environment, deployment_id';
  await knex.raw(
    `CREATE INDEX facts_recovery_by_time ON facts (recovered_at) INCLUDE (service_id, ${recovery}) WHERE impact_at IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX facts_recovery_by_service ON facts (service_id, recovered_at) INCLUDE (${recovery}) WHERE impact_at IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX facts_rollout ON facts (rollout_id, service_id) WHERE rollout_id IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX facts_shared ON facts (finished_at) WHERE (flags & 16) <> 0`,
  );
  await knex.raw(
    `CREATE INDEX facts_large ON facts (finished_at) WHERE lead_more IS NOT NULL`,
  );
}

/** @param {import('knex').Knex} knex */
async function createIncidentFacts(knex) {
  await knex.schema.createTable('incident_facts', table => {
    table.comment('Which deployment an incident counts for');
    table.bigInteger('incident_id').notNullable();
    table.text('view').notNullable().comment('As in facts');
    table.integer('service_id').notNullable();
    table.timestamp('opened_at').notNullable();
    table
      .bigInteger('deployment_id')
      .nullable()
      .comment('Null: unlinked, counted as a finding');
    table
      .text('signature')
      .notNullable()
      .comment('Tells whether the incident has changed since');
    table.primary(['incident_id', 'view']);
    table.index(['service_id', 'opened_at']);
    table.index(['deployment_id']);
  });
  await knex.raw(
    `CREATE INDEX incident_facts_unlinked ON incident_facts (opened_at) INCLUDE (service_id) WHERE deployment_id IS NULL AND view = ''`,
  );
}

/** @param {import('knex').Knex} knex */
async function createLookups(knex) {
  await knex.raw(
    `CREATE INDEX facts_revision ON facts (service_id, lower(left(revision, 7))) WHERE revision IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX deployments_newest ON deployments (coalesce(finished_at, started_at), id)`,
  );
  await knex.raw(
    `CREATE INDEX deployments_newest_of_service ON deployments (service_id, coalesce(finished_at, started_at), id)`,
  );
  await knex.raw(`CREATE INDEX incidents_newest ON incidents (opened_at, id)`);
  await knex.raw(
    `CREATE INDEX incidents_naming_deployment ON incidents (service_id, deployment_ref) WHERE deployment_ref IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX incidents_naming_revision ON incidents (service_id, lower(left(revision, 7))) WHERE revision IS NOT NULL`,
  );
  // Which commits descend from a commit; merges have more than one parent.
  await knex.raw(
    `CREATE INDEX changes_child ON changes (service_id, (parents[1])) WHERE cardinality(parents) = 1`,
  );
  await knex.raw(
    `CREATE INDEX changes_merge ON changes USING gin (parents) WITH (fastupdate = off) WHERE cardinality(parents) > 1`,
  );
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const index of [
    'deployments_newest',
    'deployments_newest_of_service',
    'incidents_newest',
    'incidents_naming_deployment',
    'incidents_naming_revision',
    'changes_child',
    'changes_merge',
  ]) {
    await knex.raw(`DROP INDEX ${index}`);
  }
  await knex.schema.dropTable('incident_facts');
  await knex.schema.dropTable('facts');
  await knex.schema.alterTable('services', table => {
    table.dropColumn('production_environments');
  });
};
