import { at, change, deployment } from '../__testUtils__/history';
import type { DeploymentEvent, DoraEventInput } from '../events';
import { mergeEvents } from './mergeEvents';

const event = (rest: Partial<DeploymentEvent>) => {
  const { finishedAt, ...begun } = deployment('a', '10:00', { id: 'D' });
  return { ...begun, ...rest };
};

function merged(...events: DoraEventInput[]) {
  const forth = mergeEvents(events);
  expect(mergeEvents([...events, ...events].reverse())).toEqual(forth);
  expect(forth.deployments).toHaveLength(1);
  return forth.deployments[0];
}

const instant = (time: string) => Date.parse(at(time));

describe('mergeEvents, of deployments', () => {
  it('orders the states by the time at their source', () => {
    expect(
      merged(
        event({ status: 'success', finishedAt: at('10:30') }),
        event({ status: 'failure', finishedAt: at('10:20') }),
        event({ status: 'queued' }),
        event({ status: 'in_progress', startedAt: at('10:00') }),
      ),
    ).toMatchObject({
      status: 'success',
      startedAt: instant('10:00'),
      finishedAt: instant('10:30'),
    });
  });

  it.each(['success', 'failure', 'cancelled', 'skipped'] as const)(
    'takes %s for later than the way there, at one instant',
    status => {
      const occurredAt = at('10:00');
      expect(
        merged(
          event({ status, occurredAt }),
          event({ status: 'in_progress', occurredAt }),
          event({ status: 'queued', occurredAt }),
        ),
      ).toMatchObject({ status, finishedAt: instant('10:00') });
    },
  );

  it('stays finished while it runs again', () => {
    expect(
      merged(
        event({
          status: 'success',
          startedAt: at('09:50'),
          finishedAt: at('10:00'),
        }),
        event({ status: 'queued', occurredAt: at('10:59') }),
        event({ status: 'in_progress', revision: 'b', startedAt: at('11:00') }),
      ),
    ).toMatchObject({
      status: 'success',
      revision: 'a',
      startedAt: instant('09:50'),
      finishedAt: instant('10:00'),
    });
  });

  it('is what its rerun came to once that has ended', () => {
    expect(
      merged(
        event({ status: 'success', finishedAt: at('10:00') }),
        event({ status: 'in_progress', startedAt: at('11:00') }),
        event({ status: 'failure', finishedAt: at('11:30') }),
      ),
    ).toMatchObject({
      status: 'failure',
      startedAt: instant('11:00'),
      finishedAt: instant('11:30'),
    });
  });

  it('lets the end that was told later correct another of one instant', () => {
    const end = (rest: Partial<DeploymentEvent>) =>
      event({ status: 'success', finishedAt: at('10:00'), ...rest });
    expect(
      merged(
        end({ revision: 'y', occurredAt: at('10:01') }),
        end({ revision: 'x', occurredAt: at('10:02') }),
      ).revision,
    ).toBe('x');
    expect(
      merged(
        end({ status: 'failure', occurredAt: at('10:01') }),
        end({ occurredAt: at('10:02') }),
        end({
          status: 'in_progress',
          finishedAt: undefined,
          occurredAt: at('10:00'),
        }),
      ).status,
    ).toBe('success');
    expect(
      merged(
        end({ revision: 'x' }),
        end({ revision: 'w', occurredAt: at('10:02') }),
      ).revision,
    ).toBe('w');
  });

  it('does not move the finish when it is told again', () => {
    expect(
      merged(
        event({ status: 'success', occurredAt: at('10:00') }),
        event({
          status: 'success',
          occurredAt: at('12:00'),
          url: 'https://x.example',
        }),
      ),
    ).toMatchObject({
      finishedAt: instant('10:00'),
      url: 'https://x.example',
    });
  });

  it('lets the word of finishedAt count above that of occurredAt', () => {
    expect(
      merged(
        event({ status: 'success', occurredAt: at('10:00') }),
        event({
          status: 'success',
          finishedAt: at('09:59'),
          occurredAt: at('10:01'),
        }),
      ).finishedAt,
    ).toBe(instant('09:59'));
  });

  it('keeps what a later event leaves out, and adds changes up', () => {
    expect(
      merged(
        event({
          status: 'in_progress',
          startedAt: at('10:00'),
          version: '1',
          hotfix: true,
          changes: [change('a', '09:00'), change('b', '09:00')],
        }),
        event({
          status: 'success',
          finishedAt: at('10:05'),
          version: '2',
          remediates: { deployment: 'C' },
          changes: [change('b', '09:30', { parents: ['a'] })],
        }),
      ),
    ).toMatchObject({
      version: '2',
      hotfix: true,
      remediates: 'C',
      changes: [
        { sha: 'a', committedAt: instant('09:00'), parents: [] },
        { sha: 'b', committedAt: instant('09:30'), parents: ['a'] },
      ],
    });
  });

  it('gives one answer for two contents of one key', () => {
    const told = [
      event({ status: 'success', finishedAt: at('10:00'), revision: 'x' }),
      event({ status: 'success', finishedAt: at('10:00'), revision: 'y' }),
    ];
    expect(merged(...told).revision).toBe('y');
  });

  it('tells attempts apart by source, id, service and environment', () => {
    const one = deployment('a', '10:00', { id: 'D' });
    const { deployments } = mergeEvents([
      one,
      { ...one, source: 'other' },
      { ...one, id: 'E' },
      { ...one, service: 'component:default/cart' },
      { ...one, environment: 'prod' },
      { ...one, service: 'Checkout' },
      { ...one, environment: 'Production' },
    ]);
    expect(deployments).toHaveLength(5);
  });

  it('does not tell environments apart by case', () => {
    expect(
      merged(
        event({
          status: 'failure',
          finishedAt: at('10:00'),
          environment: 'Production',
        }),
        event({ status: 'success', finishedAt: at('10:30') }),
      ),
    ).toMatchObject({ environment: 'production', status: 'success' });
  });

  it.each([
    [{ finishedAt: 'yesterday' }, /finishedAt must be an ISO 8601 instant/],
    [{ service: 'group:default/a' }, /service must be the entity reference/],
  ])('refuses %j', (rest, message) => {
    expect(() => mergeEvents([deployment('a', '10:00', rest)])).toThrow(
      message,
    );
  });
});
