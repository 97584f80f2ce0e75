import { CloudEvent, HTTP } from 'cloudevents';
import { incidentEvent, serviceEvent } from './__fixtures__/cdevents';
import { artifactOf } from './artifactIds';
import { mapCdEvent } from './cdevents';
import { cloudEventMode, readCloudEvents } from './cloudevents';
import type { MappedDelivery } from './types';

const settings = { productionEnvironments: ['production', 'prod'] };

function map(event: unknown): MappedDelivery {
  const [read] = readCloudEvents(
    { 'content-type': 'application/cloudevents+json' },
    event,
  );
  return 'rejected' in read ? read : mapCdEvent(read.value, settings);
}

const digest =
  'sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427';

describe('mapCdEvent', () => {
  it.each(['deployed', 'upgraded'])('maps service.%s', predicate => {
    expect(map(serviceEvent(predicate))).toEqual({
      events: [
        {
          kind: 'deployment',
          id: '271069a8-fc18-44f1-b38f-9d70a1695819',
          source: '/pipelines/shop',
          environment: 'production',
          status: 'success',
          revision: digest,
          version: '1.8.0',
          finishedAt: '2026-03-02T10:03:12.315Z',
          lookup: {
            ref: 'checkout',
            annotations: [
              { annotation: 'backstage.io/kubernetes-id', value: 'checkout' },
            ],
          },
        },
      ],
    });
  });

  it('takes a roll-back that the sender declares for unplanned', () => {
    expect(map(serviceEvent('rolledback'))).toMatchObject({
      events: [{ status: 'success', hotfix: true }],
    });
  });

  it.each(['removed', 'published'])('ignores service.%s', predicate => {
    expect(map(serviceEvent(predicate))).toEqual({
      ignored: expect.any(String),
    });
  });

  it('takes rollout, changes and more from customData', () => {
    const change = {
      sha: '4f2c9e14b0c6',
      committedAt: '2026-03-01T16:00:00+01:00',
      pullRequest: 412,
    };
    expect(
      map(
        serviceEvent('deployed', {
          customData: {
            rolloutId: 'train-7',
            revision: '4f2c9e14b0c6',
            startedAt: '2026-03-02T09:58:00Z',
            remediates: { deployment: 'run-1' },
            changes: [change],
          },
        }),
      ),
    ).toMatchObject({
      events: [
        {
          rolloutId: 'train-7',
          revision: '4f2c9e14b0c6',
          startedAt: '2026-03-02T09:58:00.000Z',
          remediates: { deployment: 'run-1' },
          changes: [{ ...change, committedAt: '2026-03-01T15:00:00.000Z' }],
        },
      ],
    });
    expect(
      map(serviceEvent('deployed', { customData: { changes: [{ sha: 1 }] } })),
    ).toMatchObject({
      rejected: { field: 'data.customData.changes.0.sha' },
    });
  });

  it.each([
    ['component:default/checkout', 'component:default/checkout'],
    ['default/checkout', 'default/checkout'],
    ['/clusters/eu/default/checkout', 'default/checkout'],
  ])('looks the service %s up as %s', (subjectId, ref) => {
    expect(map(serviceEvent('deployed', { subjectId }))).toMatchObject({
      events: [{ lookup: { ref } }],
    });
  });

  it('maps an incident from its detection to its end', () => {
    const incident = {
      kind: 'incident',
      id: 'incident-123',
      source: '/monitoring/prod1',
      revision: '4f2c9e14b0c6',
      title: 'Response time above 100 ms',
      url: 'https://tickets.example.com/123',
      lookup: expect.objectContaining({ ref: 'component:default/checkout' }),
    };
    for (const predicate of ['detected', 'reported']) {
      expect(map(incidentEvent(predicate, '2026-03-02T10:15:00Z'))).toEqual({
        events: [
          {
            ...incident,
            status: 'open',
            openedAt: '2026-03-02T10:15:00.000Z',
            occurredAt: '2026-03-02T10:15:00.000Z',
          },
        ],
      });
    }
    expect(map(incidentEvent('resolved', '2026-03-02T10:45:00Z'))).toEqual({
      events: [
        {
          ...incident,
          status: 'resolved',
          openedAt: '2026-03-02T10:44:59.999Z',
          resolvedAt: '2026-03-02T10:45:00.000Z',
        },
      ],
    });
  });

  it('ignores an incident outside production', () => {
    const event = incidentEvent('detected', '2026-03-02T10:15:00Z');
    event.data.subject.content.environment.id = 'staging';
    expect(map(event)).toEqual({
      ignored: expect.stringContaining('staging'),
    });
  });

  it.each([
    'dev.cdevents.service.deleted.0.1.0',
    'dev.cdevents.service.constructor.0.1.0',
    'dev.cdevents.build.finished.0.2.0',
    'com.example.something',
  ])('rejects the type %s', type => {
    expect(map({ ...serviceEvent('deployed'), type })).toMatchObject({
      rejected: { field: 'type' },
    });
  });
});

describe('readCloudEvents', () => {
  const event = new CloudEvent(serviceEvent('deployed'));

  it('reads the same event in structured, batch and binary mode', () => {
    const structured = HTTP.structured(event);
    const binary = HTTP.binary(event);
    const requests = [
      { headers: structured.headers, body: structured.body },
      {
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: `[${structured.body}]`,
      },
      { headers: binary.headers, body: binary.body },
    ];
    const modes = requests.map(({ headers }) =>
      cloudEventMode(headers as Record<string, string>),
    );
    expect(modes).toEqual(['structured', 'batch', 'binary']);
    for (const { headers, body } of requests) {
      const [read] = readCloudEvents(
        headers as Record<string, string>,
        JSON.parse(String(body)),
      );
      expect(read).toMatchObject({
        value: {
          id: '271069a8-fc18-44f1-b38f-9d70a1695819',
          source: '/pipelines/shop',
          data: { subject: { id: 'checkout' } },
        },
      });
    }
  });

  it('reads each event of a batch by itself', () => {
    const read = readCloudEvents(
      { 'content-type': 'application/cloudevents-batch+json' },
      [serviceEvent('deployed'), { specversion: '1.0' }, null],
    );
    expect(read).toEqual([
      { value: expect.anything() },
      {
        rejected: { field: 'id', message: 'id must be a text, and is missing' },
      },
      {
        rejected: {
          field: 'body',
          message: 'body must be an object, not null',
        },
      },
    ]);
  });

  it('reads data in Base64 and decodes headers', () => {
    const { data, ...rest } = serviceEvent('deployed');
    const data_base64 = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(readCloudEvents({}, { ...rest, data_base64 })[0]).toMatchObject({
      value: { data: { subject: { id: 'checkout' } } },
    });
    expect(
      readCloudEvents({}, { ...rest, data_base64: '%%%' })[0],
    ).toMatchObject({ rejected: { field: 'data_base64' } });
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'a%20b',
      'ce-source': '%E0%A4%A',
      'ce-type': 'x',
    };
    expect(readCloudEvents(headers, {})[0]).toMatchObject({
      value: { id: 'a b', source: '%E0%A4%A' },
    });
  });
});

describe('artifactOf', () => {
  it.each([
    [undefined, {}],
    [
      '0B31B1C02FF458AD',
      { revision: '0b31b1c02ff458ad', commit: '0b31b1c02ff458ad' },
    ],
    ['six-1.14.0.whl', { revision: 'six-1.14.0.whl' }],
    ['pkg:npm/checkout@1.8.0', { revision: '1.8.0', version: '1.8.0' }],
    [
      'pkg:golang/example.com/checkout@4F2C9E14',
      { revision: '4f2c9e14', commit: '4f2c9e14' },
    ],
    [
      'pkg:oci/checkout@sha256%3Aabc?repository_url=ghcr.io&tag=1.8.0&vcs_url=git%2Bhttps://git.example.com/shop.git%404f2c9e14b0c6',
      { revision: '4f2c9e14b0c6', version: '1.8.0', commit: '4f2c9e14b0c6' },
    ],
    [
      'pkg:oci/checkout@%E0%A4%A',
      { revision: '%E0%A4%A', version: '%E0%A4%A' },
    ],
    ['pkg:oci/checkout', {}],
    ['pkg:', {}],
  ])('reads %s', (artifactId, expected) => {
    expect(artifactOf(artifactId)).toEqual(expected);
  });
});
