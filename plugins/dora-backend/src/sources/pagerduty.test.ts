import { createHmac } from 'node:crypto';
import { pagerDutyIncident } from './__fixtures__/pagerduty';
import { pagerDutySource as source } from './pagerduty';

const receivedAt = new Date('2026-03-02T11:00:00Z');
const map = (body: unknown) => source.map({ headers: {}, body, receivedAt });
const incident = {
  kind: 'incident',
  id: 'PGR0VU2',
  source: 'pagerduty',
  openedAt: '2026-03-02T10:15:27.000Z',
  severity: 'P1',
  title: 'Payments time out',
  url: 'https://shop.pagerduty.com/incidents/PGR0VU2',
  lookup: {
    annotations: [{ annotation: 'pagerduty.com/service-id', value: 'PF9KMXH' }],
  },
};

describe('pagerDutySource', () => {
  it('opens, resolves and opens an incident again', () => {
    const events = [
      pagerDutyIncident(
        'incident.triggered',
        '2026-03-02T10:15:27Z',
        'triggered',
      ),
      pagerDutyIncident(
        'incident.acknowledged',
        '2026-03-02T10:16:00Z',
        'acknowledged',
      ),
      pagerDutyIncident(
        'incident.resolved',
        '2026-03-02T10:45:00Z',
        'resolved',
      ),
      pagerDutyIncident(
        'incident.reopened',
        '2026-03-02T10:50:00Z',
        'triggered',
      ),
    ].map(map);
    expect(events).toEqual([
      { events: [{ ...incident, status: 'open' }] },
      { events: [{ ...incident, status: 'open' }] },
      {
        events: [
          {
            ...incident,
            status: 'resolved',
            resolvedAt: '2026-03-02T10:45:00.000Z',
          },
        ],
      },
      {
        events: [
          {
            ...incident,
            status: 'open',
            occurredAt: '2026-03-02T10:50:00.000Z',
          },
        ],
      },
    ]);
  });

  it('takes the urgency where there is no priority', () => {
    const body = pagerDutyIncident(
      'incident.triggered',
      '2026-03-02T10:15:27Z',
      'triggered',
    );
    expect(
      map({
        event: { ...body.event, data: { ...body.event.data, priority: null } },
      }),
    ).toMatchObject({ events: [{ severity: 'high' }] });
  });

  it.each([
    ['incident.annotated', 'triggered'],
    ['incident.priority_updated', 'resolved'],
    ['service.updated', 'triggered'],
    ['pagey.ping', 'triggered'],
  ])('acknowledges %s of an incident that is %s', (eventType, status) => {
    expect(
      map(pagerDutyIncident(eventType, '2026-03-02T10:15:27Z', status)),
    ).toEqual({ ignored: expect.any(String) });
  });

  it('checks any of several signatures under any of several secrets', () => {
    const body = pagerDutyIncident(
      'incident.triggered',
      '2026-03-02T10:15:27Z',
      'triggered',
    );
    const rawBody = Buffer.from(JSON.stringify(body));
    const sign = (secret: string) =>
      `v1=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
    const verify = (signature: string, secrets = ['s3cret']) =>
      source.verify({
        rawBody,
        headers: { 'x-pagerduty-signature': signature },
        secrets,
      });
    expect(verify(sign('s3cret'))).toBe(true);
    expect(verify(`${sign('old')},${sign('s3cret')}`)).toBe(true);
    expect(verify(`${sign('old')}, ${sign('s3cret')}`)).toBe(true);
    expect(verify(sign('new'), ['s3cret', 'new'])).toBe(true);
    expect(verify(sign('old'))).toBe(false);
    expect(verify(sign('s3cret').replace('v1=', 'v2='))).toBe(false);
    expect(verify(sign('s3cret').replace('v1=', ''))).toBe(false);
    expect(source.verify({ rawBody, headers: {}, secrets: ['s3cret'] })).toBe(
      false,
    );
    expect(source.deliveryKey({ rawBody, headers: {} })).toBe(
      '01D4GPLZT7A4XCN2CZ7JQQZQ5B',
    );
    expect(
      source.deliveryKey({ rawBody: Buffer.from('{'), headers: {} }),
    ).toMatch(/^sha256:/);
  });
});
