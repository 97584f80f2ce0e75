import { ConfigReader } from '@backstage/config';
import { alertGroup } from './__fixtures__/alertmanager';
import { createAlertmanagerSource } from './alertmanager';
import { readSourceSettings } from './settings';

const receivedAt = new Date('2026-03-02T11:00:00Z');
const withSettings = (alertmanager: object = {}) =>
  createAlertmanagerSource(
    readSourceSettings(
      new ConfigReader({ dora: { webhooks: { alertmanager } } }),
    ),
  );
const map = (body: unknown, alertmanager?: object) =>
  withSettings(alertmanager).map({ headers: {}, body, receivedAt });
const withLabels = (labels: object) => ({
  ...alertGroup,
  alerts: [{ ...alertGroup.alerts[0], labels }],
});

describe('createAlertmanagerSource', () => {
  it('makes each alert of a group an incident of its own', () => {
    expect(map(alertGroup)).toEqual({
      events: [
        {
          kind: 'incident',
          id: '1a30ba71cca2921f@2026-03-02T10:15:00.123Z',
          source: 'alertmanager',
          status: 'open',
          openedAt: '2026-03-02T10:15:00.123Z',
          severity: 'critical',
          title: 'More than 5 % of requests fail',
          url: 'http://prometheus.example.com/graph?g0.expr=errors',
          lookup: {
            ref: 'checkout',
            annotations: [
              { annotation: 'backstage.io/kubernetes-id', value: 'checkout' },
            ],
          },
        },
        expect.objectContaining({
          id: '2b30ba71cca2921f@2026-03-02T10:15:00.123Z',
          status: 'resolved',
          openedAt: '2026-03-02T10:15:00.123Z',
          resolvedAt: '2026-03-02T10:45:00.000Z',
          lookup: expect.objectContaining({ ref: 'shipping' }),
        }),
      ],
    });
  });

  it('is another incident when the alert fires anew', () => {
    const mapped = ['2026-03-02T10:15:00Z', '2026-03-02T12:00:00Z'].map(
      startsAt =>
        map({
          ...alertGroup,
          alerts: [{ ...alertGroup.alerts[0], startsAt }],
        }),
    );
    const ids = mapped.map(each => 'events' in each && each.events[0].id);
    expect(new Set(ids).size).toBe(2);
  });

  it('finds the service by the label that the configuration names, or waymark_service', () => {
    expect(
      map(withLabels({ app: 'default/checkout' }), { serviceLabel: 'app' }),
    ).toMatchObject({ events: [{ lookup: { ref: 'default/checkout' } }] });
    expect(
      map(withLabels({ service: 'web', waymark_service: 'checkout' })),
    ).toMatchObject({ events: [{ lookup: { ref: 'checkout' } }] });
  });

  it.each([
    ['names no service', { alertname: 'Watchdog' }, {}, /names no service/],
    [
      'is not of production',
      { service: 'checkout', environment: 'staging' },
      {},
      /staging, which is not production/,
    ],
    [
      'is less severe',
      { service: 'checkout', severity: 'warning' },
      { severities: ['Critical', 'page'] },
      /severity warning/,
    ],
    [
      'has no severity',
      { service: 'checkout' },
      { severities: ['critical'] },
      /no severity/,
    ],
  ])('leaves out an alert that %s', (_, labels, settings, reason) => {
    expect(map(withLabels(labels), settings)).toEqual({
      ignored: expect.stringMatching(reason),
    });
  });

  it('takes the good alerts of a group and names those left out', () => {
    const alerts = [
      ...alertGroup.alerts,
      { ...alertGroup.alerts[0], labels: { alertname: 'Watchdog' } },
    ];
    expect(map({ ...alertGroup, alerts })).toMatchObject({
      events: [{ status: 'open' }, { status: 'resolved' }],
      skipped: [expect.stringContaining('Watchdog')],
    });
  });

  it('says how many alerts Alertmanager has left out', () => {
    expect(map({ ...alertGroup, truncatedAlerts: 3 })).toMatchObject({
      events: [{ status: 'open' }, { status: 'resolved' }],
      skipped: [expect.stringContaining('left out 3 alerts')],
    });
  });

  it('rejects other versions, and a resolved alert without an end', () => {
    expect(map({ ...alertGroup, version: '3' })).toMatchObject({
      rejected: { field: 'version' },
    });
    const alerts = [
      { ...alertGroup.alerts[1], endsAt: '0001-01-01T00:00:00Z' },
    ];
    expect(map({ ...alertGroup, alerts })).toMatchObject({
      rejected: { field: 'alerts.0.endsAt' },
    });
  });

  it('checks the bearer token, and takes the same body for the same delivery', () => {
    const source = withSettings();
    const rawBody = Buffer.from('{}');
    const verify = (authorization?: string) =>
      source.verify({
        rawBody,
        headers: authorization ? { authorization } : {},
        secrets: ['s3cret'],
      });
    expect(verify('Bearer s3cret')).toBe(true);
    expect(verify('bearer s3cret')).toBe(true);
    for (const header of [undefined, 'Bearer', 'Basic s3cret', 's3cret'])
      expect(verify(header)).toBe(false);
    expect(source.deliveryKey({ rawBody, headers: {} })).toBe(
      source.deliveryKey({ rawBody: Buffer.from('{}'), headers: {} }),
    );
  });
});
