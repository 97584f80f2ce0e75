/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('git_repositories', table => {
    table.comment('Repositories of the embedded Git host');
    table.uuid('id').primary().notNullable();
    table
      .string('owner', 63)
      .notNullable()
      .comment('metadata.name of the owning Group in the default namespace');
    table.string('name', 63).notNullable();
    table.text('description').notNullable().defaultTo('');
    table.string('default_branch', 255).notNullable();
    table.dateTime('created_at').notNullable();
    table
      .string('created_by', 255)
      .notNullable()
      .comment('Entity ref of the user, or the name of the service');
    table.dateTime('pushed_at').nullable().comment('Time of the last push');
    table.unique(['owner', 'name']);
  });

  await knex.schema.createTable('git_refs', table => {
    table.comment(
      'Branches and tags as they were last announced; what differs from the repository is a push still to be announced',
    );
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('git_repositories')
      .onDelete('CASCADE');
    table.string('ref', 1024).notNullable();
    table.string('sha', 40).notNullable();
    table.primary(['repository_id', 'ref']);
  });

  await knex.schema.createTable('git_branch_protections', table => {
    table.comment('Rules for branches, in the words of the Gitea API');
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('git_repositories')
      .onDelete('CASCADE');
    table.string('rule_name', 255).notNullable().comment('Name of the branch');
    table
      .text('status_check_contexts')
      .notNullable()
      .comment('JSON array of the names of required checks');
    table.dateTime('created_at').notNullable();
    table.dateTime('updated_at').notNullable();
    table.primary(['repository_id', 'rule_name']);
  });

  await knex.schema.createTable('git_access_tokens', table => {
    table.comment('Personal access tokens; the token itself is never stored');
    table.uuid('id').primary().notNullable();
    table.string('user_ref', 255).notNullable().index();
    table.string('name', 100).notNullable();
    table.string('prefix', 16).notNullable().comment('First characters');
    table
      .string('hash', 64)
      .notNullable()
      .unique()
      .comment('SHA-256 of the token, hexadecimal');
    table.dateTime('created_at').notNullable();
    table.dateTime('expires_at').notNullable();
    table.dateTime('last_used_at').nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('git_access_tokens');
  await knex.schema.dropTable('git_branch_protections');
  await knex.schema.dropTable('git_refs');
  await knex.schema.dropTable('git_repositories');
};
