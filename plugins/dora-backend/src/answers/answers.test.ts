import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import request from 'supertest';
import { component } from '../__testUtils__/component';
import { deployment, incident, startDora } from '../__testUtils__/startDora';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const SPAN = 'from=2026-03-01&to=2026-04-01';

function related(
  kind: string,
  name: string,
  relations: { type: string; targetRef: string }[] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: {},
    relations,
  };
}

const entities: Entity[] = [
  {
    ...component('checkout'),
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/payments-core' },
      { type: 'partOf', targetRef: 'system:default/shop' },
    ],
  },
  {
    ...component('cart'),
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/shopping' },
      { type: 'partOf', targetRef: 'system:default/shop' },
    ],
  },
  related('System', 'shop'),
  related('Group', 'payments', [
    { type: 'parentOf', targetRef: 'group:default/payments-core' },
  ]),
  // A circle, which nothing forbids.
  related('Group', 'payments-core', [
    { type: 'parentOf', targetRef: 'group:default/payments' },
  ]),
  related('Group', 'shopping'),
];

const sha = (letter: string) => letter.repeat(40);
const change = (letter: string, committedAt: string, more: object = {}) => ({
  sha: sha(letter),
  committedAt,
  ...more,
});

const events = [
  deployment({
    id: 'd1',
    revision: sha('a'),
    version: '1.0.0',
    finishedAt: '2026-03-02T10:00:00Z',
  }),
  deployment({
    id: 'd2',
    revision: sha('b'),
    finishedAt: '2026-03-03T10:00:00Z',
    changes: [
      change('b', '2026-03-03T09:00:00Z', { pullRequest: 7 }),
      change('a', '2026-03-01T09:00:00Z'),
      change('f', '2026-03-03T11:00:00Z'),
    ],
  }),
  deployment({
    id: 'd3',
    revision: sha('a'),
    finishedAt: '2026-03-03T11:00:00Z',
    changes: [change('a', '2026-03-01T09:00:00Z')],
  }),
  deployment({
    id: 'd4',
    status: 'failure',
    revision: sha('c'),
    finishedAt: '2026-03-04T10:00:00Z',
  }),
  deployment({
    id: '=cmd|x!A1',
    revision: sha('d'),
    version: 'one, or two',
    finishedAt: '2026-03-04T10:30:00Z',
    remediates: { deployment: 'd4' },
    changes: [change('d', '2026-03-04T09:30:00Z')],
  }),
  deployment({
    id: 's1',
    environment: 'staging',
    finishedAt: '2026-03-05T10:00:00Z',
  }),
  deployment({
    id: 'cart-1',
    service: 'component:default/cart',
    revision: sha('e'),
    finishedAt: '2026-03-05T11:00:00Z',
    changes: [change('e', '2026-03-05T10:00:00Z')],
  }),
];

describe.each(databases.eachSupportedId())('the answers on %s', id => {
  let dora: Awaited<ReturnType<typeof startDora>>;

  beforeAll(async () => {
    dora = await startDora({ databases, id, entities });
    await dora.send('/deployments', events);
    await dora.send('/incidents', [
      incident({ deployment: 'd1', title: 'It is slow' }),
      incident({
        id: 'inc-2',
        status: 'resolved',
        openedAt: '2026-03-05T12:00:00Z',
        resolvedAt: '2026-03-05T12:30:00Z',
        service: 'component:default/cart',
      }),
      incident({ id: 'inc-3', openedAt: '2026-03-20T12:00:00Z' }),
    ]);
    await dora.processed();
  });
  afterAll(() => dora.stop());

  const idOf = async (externalId: string): Promise<string> =>
    (await dora.knex('deployments').where('external_id', externalId).first())
      .id;

  it('gives the five metrics of a service', async () => {
    const { status, body } = await dora.get(
      `/metrics?service=checkout&${SPAN}&interval=week`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      deploymentFrequency: { deployments: 4 },
      changeLeadTime: { medianSeconds: 3600, samples: 2 },
      changeFailRate: { rate: 0.6, failed: 3, total: 5 },
      failedDeploymentRecoveryTime: {
        samples: 2,
        medianSeconds: 2700,
        ongoing: [{ deployment: 'd1' }],
      },
      deploymentReworkRate: { rework: 2, total: 4 },
    });
    expect(body.findings.map((f: { code: string }) => f.code)).toEqual([
      'window-cut',
      'incident-unlinked',
      'change-after-deployment',
    ]);
    expect(body.series).toHaveLength(6);
  });

  it.each([
    ['', 5],
    ['service=component:default/cart', 1],
    ['system=shop', 5],
    ['team=payments', 4],
    ['team=group:default/shopping', 1],
    ['team=shopping&environment=prod', 0],
    ['team=payments&environment=PRODUCTION', 4],
    ['service=&system=&environment=', 5],
  ])('counts the services of %p', async (query, deployments) => {
    const { body } = await dora.get(`/metrics?${SPAN}&${query}`);
    expect(body.deploymentFrequency.deployments).toBe(deployments);
  });

  it.each([
    ['service=nothing', 404, '"service"'],
    ['system=nothing', 404, '"system"'],
    ['team=nothing', 404, '"team"'],
    ['service=checkout&team=payments', 400, '"service" and "team"'],
    ['service=system:default/shop', 400, '"service"'],
    ['service=%20', 400, '"service"'],
    ['service=checkout&service=cart', 400, '"service"'],
    ['from=2026-04-01&to=2026-03-01', 400, '"from"'],
    ['from=2026-03-01&to=2026-03-01', 400, '"from"'],
    ['from=yesterday', 400, '"from"'],
    ['to=2026-02-30', 400, '"to"'],
    ['from=0001-01-01', 400, '"from"'],
    ['from=2020-01-01&to=2026-01-01', 400, '3 years'],
    ['interval=year', 400, '"interval"'],
    ['timezone=Mars/Phobos', 400, '"timezone"'],
    ['timezone=%2B02:00', 400, '"timezone"'],
    ['environment=%00', 400, '"environment"'],
  ])('refuses %p with %d', async (query, status, named) => {
    const answer = await dora.get(`/metrics?${query}`);
    expect(answer.body.error?.message).toContain(named);
    expect(answer.status).toBe(status);
  });

  it('answers for the last 90 days by default, and by day over three years', async () => {
    const { body } = await dora.get('/metrics');
    const { from, to } = body.window;
    expect(Date.parse(to) - Date.parse(from)).toBe(90 * 86_400_000);
    const long = await dora.get(
      '/metrics?from=2023-04-01&to=2026-04-01&interval=day',
    );
    expect(long.body.series).toHaveLength(1096);
  });

  it('takes dates in the time zone', async () => {
    const { body } = await dora.get(
      '/metrics?from=2026-03-28&to=2026-03-31&timezone=Europe/Berlin',
    );
    expect(body.window).toMatchObject({
      from: '2026-03-27T23:00:00.000Z',
      to: '2026-03-30T22:00:00.000Z',
    });
  });

  it('lists deployments, the newest first, page by page', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body, status } = await dora.get(
        `/deployments?${SPAN}&limit=2&cursor=${cursor}`,
      );
      expect(status).toBe(200);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((i: { externalId: string }) => i.externalId));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual([
      ...['cart-1', 's1', '=cmd|x!A1', 'd4', 'd3', 'd2', 'd1'],
    ]);
    const failed = await dora.get(
      `/deployments?${SPAN}&show=failed&team=payments`,
    );
    expect(
      failed.body.items.map((i: { externalId: string }) => i.externalId),
    ).toEqual(['d4', 'd2', 'd1']);
  });

  it.each([
    ['cursor=abc', '"cursor"'],
    ['cursor=MTo5OTk5OTk5OTk5OTk5OTk5OTk5OTk6MQ', '"cursor"'],
    ['limit=0', '"limit"'],
    ['limit=1001', '"limit"'],
    ['limit=ten', '"limit"'],
    ['show=all', '"show"'],
  ])('refuses a listing with %p', async (query, named) => {
    for (const path of ['/deployments', '/incidents']) {
      if (path === '/incidents' && query.startsWith('show')) continue;
      const { status, body } = await dora.get(`${path}?${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain(named);
    }
  });

  it('says why a deployment counts as it does, and which changes it brought', async () => {
    const { body } = await dora.get(`/deployments/${await idOf('d2')}`);
    expect(body).toMatchObject({
      externalId: 'd2',
      role: 'new',
      counts: true,
      failed: true,
      failures: ['rolled-back'],
      failureReasons: [
        {
          code: 'rolled-back',
          deployment: await idOf('d3'),
          message:
            'Deployment d3 (revision aaaaaaa, finished at 2026-03-03T11:00:00Z) rolled it back.',
        },
      ],
      recovery: { seconds: 3600 },
      changes: { state: 'given', count: 3, samples: 1, medianSeconds: 3600 },
      previousRevision: sha('a'),
    });
    expect(body.changeList).toMatchObject([
      { sha: sha('f'), notCountedCode: 'change-after-deployment' },
      { sha: sha('b'), leadSeconds: 3600, pullRequest: 7 },
      {
        sha: sha('a'),
        notCountedCode: 'live-before',
        liveSince: await idOf('d1'),
        leadSeconds: null,
      },
    ]);
  });

  it('says what is rework, and that a rollback brings no changes', async () => {
    const rollback = await dora.get(`/deployments/${await idOf('d3')}`);
    expect(rollback.body).toMatchObject({
      role: 'rollback',
      rework: true,
      reworkReasons: [{ code: 'rollback', deployment: await idOf('d1') }],
      changeList: [{ notCountedCode: 'rollback' }],
    });
    const fix = await dora.get(`/deployments/${await idOf('=cmd|x!A1')}`);
    expect(fix.body.reworkReasons).toMatchObject([
      { code: 'remediation', deployment: await idOf('d4') },
    ]);
  });

  it('lists the incidents of a deployment with how they were attributed', async () => {
    const { body } = await dora.get(`/deployments/${await idOf('d1')}`);
    expect(body.incidents).toMatchObject([
      {
        externalId: 'inc-1',
        resolvedAt: null,
        attribution: {
          code: 'named-deployment',
          message: 'It names deployment d1.',
        },
      },
    ]);
  });

  it('answers 404 for a deployment that is not there', async () => {
    for (const missing of ['999999', 'nothing', '99999999999999999999']) {
      const { status } = await dora.get(`/deployments/${missing}`);
      expect(status).toBe(404);
    }
  });

  it('answers 404 for a deployment of a service that the catalog does not show', async () => {
    const cart = await idOf('cart-1');
    const rename = (ref: string, to: string) =>
      dora.knex('services').where({ ref }).update({ ref: to });
    const names = ['component:default/cart', 'component:default/gone'] as const;
    expect((await dora.get(`/deployments/${cart}`)).status).toBe(200);
    await rename(names[0], names[1]);
    const { status, body } = await dora.get(`/deployments/${cart}`);
    await rename(names[1], names[0]);
    expect(status).toBe(404);
    expect(JSON.stringify(body)).not.toContain('component:');
  });

  it('lists incidents with their deployment, or why they have none', async () => {
    const { body } = await dora.get(`/incidents?${SPAN}`);
    expect(body.items).toMatchObject([
      {
        externalId: 'inc-3',
        deployment: null,
        attribution: {
          code: 'unlinked-none-before',
          message: expect.stringContaining('72 hours'),
        },
      },
      {
        externalId: 'inc-2',
        deployment: await idOf('cart-1'),
        resolvedAt: '2026-03-05T12:30:00.000Z',
        attribution: { code: 'latest-before' },
      },
      { externalId: 'inc-1', deployment: await idOf('d1') },
    ]);
    const page = await dora.get(`/incidents?${SPAN}&limit=1`);
    const next = await dora.get(
      `/incidents?${SPAN}&limit=1&cursor=${page.body.nextCursor}`,
    );
    expect(next.body.items).toMatchObject([{ externalId: 'inc-2' }]);
  });

  it('exports a table in which no cell is a formula', async () => {
    const answer = await dora.get(`/export.csv?${SPAN}&team=payments`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="dora-deployments-2026-03-01-to-2026-04-01.csv"',
    );
    const lines = answer.text.split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/^service,environment,source,deployment,status,/);
    expect(lines[2]).toContain(`'=cmd|x!A1,success,${sha('d')},"one, or two",`);
  });

  it('refuses those who are not signed in', async () => {
    for (const path of ['/metrics', '/deployments', '/export.csv']) {
      const { status } = await request(dora.server)
        .get(`/api/dora/v1${path}`)
        .set('authorization', mockCredentials.none.header());
      expect(status).toBe(401);
    }
  });
});
