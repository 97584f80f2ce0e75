import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../__testUtils__/component';
import { deployment, incident, startDora } from '../__testUtils__/startDora';
import { GaugeReader } from './GaugeReader';
import { withTeams } from './teams';

jest.setTimeout(120_000);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('GaugeReader, %s', id => {
  const to = Math.floor(Date.now() / DAY) * DAY;
  const window = { from: to - 30 * DAY, to };
  const at = (days: number, hours = 0) =>
    new Date(to - days * DAY + hours * HOUR).toISOString();
  const deployed = (name: string, days: number, more: object = {}) =>
    deployment({
      ...{ id: name, revision: name, finishedAt: at(days) },
      changes: [{ sha: name, committedAt: at(days, -days) }],
      ...more,
    });
  let dora: Awaited<ReturnType<typeof startDora>>;

  beforeAll(async () => {
    dora = await startDora({
      databases,
      id,
      entities: ['checkout', 'cart', 'idle'].map(name => component(name)),
    });
    const cart = { service: 'cart' };
    await dora.send('/deployments', [
      ...[deployed('v0', 40), deployed('v1', 20), deployed('v2', 10)],
      deployed('v3', 9, { status: 'failure' }),
      deployed('v1', 8, { id: 'v1-again', changes: undefined }),
      deployed('c1', 12, cart),
      deployed('c1', 12, { ...cart, environment: 'prod', finishedAt: at(11) }),
      deployed('c2', 5, { ...cart, environment: 'prod' }),
      deployed('s1', 3, { environment: 'staging' }),
      deployed('i1', 50, { service: 'idle' }),
    ]);
    await dora.send('/incidents', [
      incident({ openedAt: at(10, 1), deployment: 'v2' }),
      incident({
        ...{ openedAt: at(10, 1), deployment: 'v2', status: 'resolved' },
        resolvedAt: at(10, 3),
      }),
    ]);
    await dora.processed();
  });
  afterAll(() => dora.stop());

  it('reads what GET /metrics answers of each service and environment', async () => {
    const readings = await new GaugeReader(dora.knex).read(window);

    expect(
      readings.map(({ service, environment }) => `${service} ${environment}`),
    ).toEqual([
      'component:default/cart prod',
      'component:default/cart production',
      'component:default/checkout production',
      'component:default/idle production',
    ]);
    for (const reading of readings) {
      const query = new URLSearchParams({
        ...{ service: reading.service, environment: reading.environment },
        ...{ from: at(30), to: at(0) },
      });
      const { body } = await dora.get(`/metrics?${query}`);
      const lead = body.changeLeadTime;
      const recovery = body.failedDeploymentRecoveryTime;
      expect(reading).toEqual({
        service: reading.service,
        environment: reading.environment,
        deployments: body.deploymentFrequency.deployments,
        leadTimeSeconds: lead.samples
          ? {
              0.5: lead.medianSeconds,
              0.75: lead.p75Seconds,
              0.9: lead.p90Seconds,
            }
          : undefined,
        changeFailRate: body.changeFailRate.rate ?? undefined,
        recoverySeconds: recovery.samples
          ? { 0.5: recovery.medianSeconds, 0.9: recovery.p90Seconds }
          : undefined,
        reworkRate: body.deploymentReworkRate.rate ?? undefined,
      });
    }
    expect(readings[2]).toMatchObject({
      ...{ deployments: 3, changeFailRate: 0.5, reworkRate: 1 / 3 },
    });
  });

  it('tells the team of each service, and leaves out what the catalog has lost', async () => {
    const catalog = catalogServiceMock({
      entities: [
        {
          ...component('checkout'),
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/team-payments' },
          ],
        },
        component('idle'),
      ],
    });
    const readings = await new GaugeReader(dora.knex).read(window);
    const auth = mockServices.auth();

    expect(
      (await withTeams(readings, { auth, catalog })).map(
        ({ service, team }) => [service, team],
      ),
    ).toEqual([
      ['component:default/checkout', 'group:default/team-payments'],
      ['component:default/idle', undefined],
    ]);
  });
});
