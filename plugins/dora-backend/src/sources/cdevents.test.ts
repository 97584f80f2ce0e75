import { incidentEvent, serviceEvent } from './__fixtures__/cdevents';
import { mapCdEvent } from './cdevents';
import { readCloudEvents } from './cloudevents';
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
    ['checkout', 'checkout'],
  ])('looks the service %s up as %s', (subjectId, ref) => {
    expect(map(serviceEvent('deployed', { subjectId }))).toMatchObject({
      events: [{ lookup: { ref } }],
    });
  });

  it('also looks for the name that a service has in the cluster', () => {
    expect(
      map(serviceEvent('deployed', { subjectId: 'service/checkout' })),
    ).toMatchObject({
      events: [
        {
          lookup: {
            annotations: [{ value: 'service/checkout' }, { value: 'checkout' }],
          },
        },
      ],
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
