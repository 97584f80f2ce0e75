import { mergeEvents, type DoraEventInput } from '@waymark/plugin-dora-common';
import { argoCdSync } from './__fixtures__/argocd';
import { createArgoCdSource } from './argocd';
import type { MappedEvent } from './types';

const receivedAt = new Date('2026-03-02T11:00:00Z');
const source = createArgoCdSource({ environment: 'prod' });
const map = (changes: object) =>
  source.map({ headers: {}, body: { ...argoCdSync, ...changes }, receivedAt });

describe('createArgoCdSource', () => {
  it('maps a sync that went well to a deployment that ends when it is healthy', () => {
    expect(map({})).toEqual({
      events: [
        {
          kind: 'deployment',
          id: 'argocd/checkout@2026-03-02T09:58:00.000Z',
          source: 'argocd',
          environment: 'production',
          status: 'success',
          revision: '4f2c9e14b0c6d0a7f2d0f8b6a1f4c7f3e2d1c0b9',
          version: '1.8.0',
          startedAt: '2026-03-02T09:58:00.000Z',
          finishedAt: '2026-03-02T10:03:12.000Z',
          url: 'https://argocd.example.com/applications/argocd/checkout',
          lookup: {
            annotations: [
              { annotation: 'argocd/app-name', value: 'checkout' },
              { annotation: 'argocd/app-name', value: 'argocd/checkout' },
            ],
          },
        },
      ],
    });
  });

  it('ends with the sync where the application was healthy all along', () => {
    for (const healthySince of ['2026-01-01T00:00:00Z', '', null]) {
      expect(map({ healthySince })).toMatchObject({
        events: [{ finishedAt: '2026-03-02T10:00:10.000Z' }],
      });
    }
  });

  it.each([[{ phase: 'Failed' }], [{ phase: 'Error' }]])(
    'maps %j to a failure of the same deployment',
    changes => {
      expect(map(changes)).toMatchObject({
        events: [
          { status: 'failure', id: 'argocd/checkout@2026-03-02T09:58:00.000Z' },
        ],
      });
    },
  );

  it('fails a deployment that never was healthy, and only such', () => {
    const degraded = map({ health: 'Degraded' });
    const healthy = map({ healthySince: null });
    const events = [degraded, healthy].flatMap(mapped =>
      'events' in mapped ? mapped.events : [],
    );
    expect(events.map(event => event.status)).toEqual(['failure', 'success']);
    const deployments = (given: readonly MappedEvent[]) =>
      mergeEvents(
        given.map(({ lookup: _, ...event }) => ({
          ...event,
          service: 'checkout',
        })) as DoraEventInput[],
      ).deployments.map(each => each.status);
    expect(deployments(events.slice(0, 1))).toEqual(['failure']);
    expect(deployments(events)).toEqual(['success']);
  });

  it('tells a roll-back to an earlier revision from the first time', () => {
    expect(
      map({ startedAt: '2026-03-03T08:00:00Z', historyId: 9 }),
    ).toMatchObject({
      events: [{ id: 'argocd/checkout@2026-03-03T08:00:00.000Z' }],
    });
  });

  it('takes the first of several sources, and the configured environment where the application has none', () => {
    expect(
      map({
        revision: '',
        revisions: ['ABCDEF1234', '1.2.3'],
        environment: '',
        images: ['a:1', 'b:2'],
      }),
    ).toMatchObject({
      events: [{ revision: 'abcdef1234', environment: 'prod' }],
    });
  });

  it.each([
    ['registry.example.com:5000/checkout', undefined],
    ['registry.example.com:5000/checkout:2.0', '2.0'],
    ['checkout@sha256:0b31b1c02ff458ad', undefined],
    ['checkout:3.1@sha256:0b31b1c02ff458ad', '3.1'],
  ])('reads the version of the image %s', (image, version) => {
    const mapped = map({ images: [image] });
    expect('events' in mapped && mapped.events[0]).toHaveProperty(
      'version',
      version,
    );
  });

  it('ignores a sync that only put back what was deployed', () => {
    expect(map({ selfHeal: true })).toEqual({
      ignored: expect.stringContaining('self-heal'),
    });
  });

  it('rejects a phase that is no end', () => {
    expect(map({ phase: 'Running' })).toMatchObject({
      rejected: {
        field: 'phase',
        message:
          'phase must be Succeeded, Failed or Error, not the string "Running"',
      },
    });
  });
});
