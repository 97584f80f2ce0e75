import { TestDatabases } from '@backstage/backend-test-utils';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { component } from './__testUtils__/component';
import { deployment, incident, startDora } from './__testUtils__/startDora';
import { pagerDutyIncident } from './sources/__fixtures__/pagerduty';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const secret = 'it-is-a-secret';
const RESOLVED = '2026-03-02T12:00:00Z';

describe.each(databases.eachSupportedId())('incidents that move on %s', id => {
  const start = () =>
    startDora({
      databases,
      id,
      entities: ['checkout', 'payments'].map(name =>
        component(name, { 'pagerduty.com/service-id': name.toUpperCase() }),
      ),
      config: { dora: { webhooks: { pagerduty: { secret } } } },
    });
  type Dora = Awaited<ReturnType<typeof start>>;

  async function page(dora: Dora, type: string, at: string, service: string) {
    const { event } = pagerDutyIncident(
      type,
      at,
      type.replace('incident.', ''),
    );
    const data = { ...event.data, service: { id: service } };
    const body = JSON.stringify({
      event: { ...event, id: `${type}-${service}`, data },
    });
    const hmac = createHmac('sha256', secret).update(body).digest('hex');
    const { status } = await request(dora.server)
      .post('/api/dora/v1/webhooks/pagerduty')
      .set('content-type', 'application/json')
      .set('x-pagerduty-signature', `v1=${hmac}`)
      .send(body);
    expect(status).toBe(202);
    await dora.processed();
  }

  const open = (dora: Dora) =>
    dora
      .knex('incidents')
      .join('services', 'services.id', 'service_id')
      .orderBy('ref')
      .select('ref', 'open');

  it.each([
    ['PAYMENTS', 2],
    ['of nobody', 1],
  ])(
    'ends where it was opened what is resolved at the service %s',
    async (service, parts) => {
      const dora = await start();
      await page(
        dora,
        'incident.triggered',
        '2026-03-02T10:15:27Z',
        'CHECKOUT',
      );
      expect(await open(dora)).toMatchObject([{ open: true }]);
      await page(dora, 'incident.resolved', RESOLVED, service);
      expect(await open(dora)).toMatchObject(
        Array(parts).fill({ open: false }),
      );
      await dora.stop();
    },
  );

  it.each([
    ['before', true],
    ['after', false],
  ])(
    'ends for all services what is resolved naming one, told %s',
    async (_when, first) => {
      const dora = await start();
      await dora.send('/deployments', deployment({ service: 'payments' }));
      const events = [
        incident({ service: undefined, services: ['checkout', 'payments'] }),
        incident({ status: 'resolved', resolvedAt: RESOLVED }),
      ];
      for (const event of first ? events : events.reverse()) {
        await dora.send('/incidents', event);
        await dora.processed();
      }
      expect(await open(dora)).toEqual([
        { ref: 'component:default/checkout', open: false },
        { ref: 'component:default/payments', open: false },
      ]);
      const { body } = await dora.get(
        '/metrics?service=payments&from=2026-03-01T00:00:00Z&to=2026-03-08T00:00:00Z',
      );
      expect(body.failedDeploymentRecoveryTime).toMatchObject({
        medianSeconds: 3_600,
        ongoing: [],
      });
      await dora.stop();
    },
  );
});
