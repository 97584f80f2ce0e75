const alert = (changes: object) => ({
  status: 'firing',
  labels: {
    alertname: 'HighErrorRate',
    service: 'checkout',
    severity: 'critical',
    environment: 'production',
  },
  annotations: { summary: 'More than 5 % of requests fail' },
  startsAt: '2026-03-02T10:15:00.123456789Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example.com/graph?g0.expr=errors',
  fingerprint: '1a30ba71cca2921f',
  ...changes,
});

/** An Alertmanager webhook of version 4, by the fields of its documentation. */
export const alertGroup = {
  version: '4',
  groupKey: '{}:{alertname="HighErrorRate"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'waymark',
  groupLabels: { alertname: 'HighErrorRate' },
  commonLabels: { alertname: 'HighErrorRate', severity: 'critical' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example.com',
  alerts: [
    alert({}),
    alert({
      status: 'resolved',
      endsAt: '2026-03-02T10:45:00Z',
      labels: {
        alertname: 'HighErrorRate',
        service: 'shipping',
        severity: 'critical',
      },
      fingerprint: '2b30ba71cca2921f',
    }),
  ],
};
