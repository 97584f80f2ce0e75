import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../__testUtils__/component';
import { Ingest } from '../derivation/__testUtils__/ingest';
import { migrated } from '../derivation/__testUtils__/migrated';
import { GaugeService } from './GaugeService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const deployment = (id: string, environment: string, more: object = {}) => ({
  kind: 'deployment' as const,
  id,
  source: 'ci',
  service: 'component:default/checkout',
  environment,
  status: 'success' as const,
  revision: `${id}-${environment}`,
  finishedAt: '2026-03-02T10:00:00Z',
  ...more,
});

describe.each(databases.eachSupportedId())('GaugeService on %s', id => {
  it('measures each service in each of its environments, with its owner', async () => {
    const knex = await migrated(databases, id);
    const entity = {
      ...component('checkout'),
      relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
    };
    await new Ingest(knex).take([
      deployment('d1', 'production'),
      deployment('d2', 'production', {
        finishedAt: '2026-03-03T10:00:00Z',
        changes: [{ sha: 'a', committedAt: '2026-03-03T09:00:00Z' }],
      }),
      deployment('d1', 'prod'),
      deployment('old', 'prod', { finishedAt: '2025-03-03T10:00:00Z' }),
      deployment('x', 'production', {
        service: 'component:default/lost',
        status: 'failure',
      }),
    ]);
    const gauges = new GaugeService({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [entity] }),
      database: knex,
    });

    const readings = await gauges.gauges({
      from: Date.UTC(2026, 2, 1),
      to: Date.UTC(2026, 2, 31),
    });

    const service = 'component:default/checkout';
    const team = 'group:default/payments';
    expect(readings).toEqual([
      {
        ...{ service, team, environment: 'prod', deployments: 1 },
        leadTimeSeconds: { '0.5': null, '0.75': null, '0.9': null },
        recoverySeconds: { '0.5': null, '0.9': null },
        ...{ changeFailRate: 0, reworkRate: 0 },
      },
      {
        ...{ service, team, environment: 'production', deployments: 2 },
        leadTimeSeconds: { '0.5': 3600, '0.75': 3600, '0.9': 3600 },
        recoverySeconds: { '0.5': null, '0.9': null },
        ...{ changeFailRate: 0, reworkRate: 0 },
      },
      {
        ...{ service: 'component:default/lost', team: undefined },
        ...{ environment: 'production', deployments: 0 },
        leadTimeSeconds: { '0.5': null, '0.75': null, '0.9': null },
        recoverySeconds: { '0.5': null, '0.9': null },
        ...{ changeFailRate: 1, reworkRate: null },
      },
    ]);
  });
});
