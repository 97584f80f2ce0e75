import { TestDatabases } from '@backstage/backend-test-utils';
import type { DeploymentEvent } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { Ingest } from './__testUtils__/ingest';
import { migrated } from './__testUtils__/migrated';
import { DatabaseDerivationService } from './DatabaseDerivationService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

function deployed(
  id: string,
  hour: number,
  more: Partial<DeploymentEvent> = {},
): DeploymentEvent {
  return {
    kind: 'deployment',
    id,
    source: 'ci',
    service: 'component:default/checkout',
    environment: 'production',
    status: 'success',
    revision: `rev-${id}`,
    finishedAt: new Date(Date.UTC(2026, 2, 2, hour)).toISOString(),
    ...more,
  };
}

describe.each(databases.eachSupportedId())('wantChanges on %s', id => {
  let knex: Knex;
  let ingest: Ingest;

  beforeEach(async () => {
    knex = await migrated(databases, id);
    ingest = new Ingest(knex);
  });

  const states = async () =>
    Object.fromEntries(
      (await knex('deployments').orderBy('finished_at')).map(row => [
        `${row.environment} ${row.external_id}`,
        [row.changes_state, row.base_revision],
      ]),
    );

  it('wants the changes of what is new, compared with what was live', async () => {
    await ingest.take([
      deployed('1', 1),
      deployed('2', 2, { status: 'failure' }),
      deployed('3', 3),
      deployed('4', 4, { revision: 'rev-3' }),
      deployed('5', 5, { changes: [] }),
      deployed('6', 6, { environment: 'staging' }),
    ]);
    expect(await states()).toEqual({
      'production 1': ['none', null],
      'production 2': ['none', null],
      'production 3': ['wanted', 'rev-1'],
      'production 4': ['none', null],
      'production 5': ['given', null],
      'staging 6': ['none', null],
    });
  });

  it('says why they cannot be known', async () => {
    await ingest.take([
      deployed('1', 1, { revision: undefined }),
      deployed('2', 2),
      deployed('3', 3, { revision: undefined }),
    ]);
    expect(
      await knex('deployments').orderBy('id').pluck('changes_reason'),
    ).toEqual([
      null,
      'The deployment that was live before names no revision to compare with.',
      'The deployment names no revision to compare.',
    ]);
  });

  it('asks again when a late deployment comes between, and not when it is known that nothing is new', async () => {
    await ingest.take([deployed('1', 1)]);
    await ingest.take([deployed('3', 3)]);
    await knex('deployments')
      .where({ external_id: '3' })
      .update({ changes_state: 'fetched' });
    await ingest.take([deployed('2', 2)]);
    expect(await states()).toMatchObject({
      'production 2': ['wanted', 'rev-1'],
      'production 3': ['wanted', 'rev-2'],
    });

    await knex('deployments').where({ external_id: '2' }).delete();
    await knex.transaction(trx =>
      new DatabaseDerivationService({}).rederive(trx, [
        { serviceId: 1, from: new Date(Date.UTC(2026, 2, 2, 2)) },
      ]),
    );
    expect(await states()).toMatchObject({
      'production 3': ['wanted', 'rev-1'],
    });

    await ingest.take([deployed('0', 2, { revision: 'rev-3' })]);
    expect(await states()).toMatchObject({
      'production 0': ['wanted', 'rev-1'],
      'production 3': ['none', null],
    });
  });

  it('compares with what was live in the same environment', async () => {
    await ingest.take([
      deployed('1', 1),
      deployed('1', 2, { environment: 'prod' }),
      deployed('2', 3),
      deployed('3', 4, { environment: 'prod' }),
    ]);
    expect(await states()).toEqual({
      'production 1': ['none', null],
      'prod 1': ['none', null],
      'production 2': ['wanted', 'rev-1'],
      'prod 3': ['wanted', 'rev-1'],
    });
  });
});
