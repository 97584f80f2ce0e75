/** CDEvents in CloudEvents, by the fields of the specification. */
export const serviceEvent = (
  predicate: string,
  changes: { content?: object; customData?: unknown; subjectId?: string } = {},
) => ({
  specversion: '1.0',
  id: '271069a8-fc18-44f1-b38f-9d70a1695819',
  source: '/pipelines/shop',
  type: `dev.cdevents.service.${predicate}.0.2.0`,
  time: '2026-03-02T10:03:12.315384Z',
  datacontenttype: 'application/json',
  subject: 'checkout',
  data: {
    context: {
      version: '0.4.1',
      id: '271069a8-fc18-44f1-b38f-9d70a1695819',
      source: '/pipelines/shop',
      type: `dev.cdevents.service.${predicate}.0.2.0`,
      timestamp: '2026-03-02T10:03:12.315384Z',
    },
    subject: {
      id: changes.subjectId ?? 'checkout',
      source: '/pipelines/shop',
      type: 'service',
      content: {
        environment: { id: 'production', source: '/clusters/eu' },
        artifactId:
          'pkg:oci/checkout@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427?tag=1.8.0',
        ...changes.content,
      },
    },
    customData: changes.customData,
  },
});

export const incidentEvent = (predicate: string, timestamp: string) => ({
  specversion: '1.0',
  id: `${predicate}-1`,
  source: '/monitoring/prod1',
  type: `dev.cdevents.incident.${predicate}.0.3.0`,
  time: timestamp,
  data: {
    context: {
      specversion: '0.5.0',
      id: `${predicate}-1`,
      source: '/monitoring/prod1',
      type: `dev.cdevents.incident.${predicate}.0.3.0`,
      timestamp,
    },
    subject: {
      id: 'incident-123',
      source: '/monitoring/prod1',
      content: {
        description: 'Response time above 100 ms',
        environment: { id: 'production' },
        service: { id: 'component:default/checkout' },
        artifactId: 'pkg:golang/example.com/checkout@4f2c9e14b0c6',
        ticketURI: 'https://tickets.example.com/123',
      },
    },
    customData: { metric: 'responseTime', value: '700ms' },
  },
});
