import {
  answer,
  at,
  change,
  deployment,
  failure,
  findings,
  incident,
} from '../__testUtils__/history';

const A = { service: 'component:default/a' };
const B = { service: 'component:default/b' };
const C = { service: 'component:default/c' };

describe('computeMetrics, over several services', () => {
  it('pools samples, and never averages medians', () => {
    const result = answer([
      deployment('a', '10:00', { ...A, changes: [change('a1', '09:00')] }),
      deployment('b', '10:00', {
        ...B,
        changes: ['b1', 'b2', 'b3'].map(sha => change(sha, '05:00')),
      }),
    ]);
    expect(result.changeLeadTime).toMatchObject({
      samples: 4,
      medianSeconds: 5 * 3600,
    });
  });

  it('counts a change in each service that it goes live in by itself', () => {
    const changes = [change('shared', '09:00')];
    const events = [
      deployment('x', '10:00', { ...A, changes }),
      deployment('x', '11:00', { ...B, changes }),
    ];
    expect(answer(events).changeLeadTime.samples).toBe(2);
    expect(
      answer(events.map(event => ({ ...event, rolloutId: 'r' })))
        .changeLeadTime,
    ).toMatchObject({ samples: 1, medianSeconds: 2 * 3600 });
  });

  it('finishes a rollout with its last member, also for what went live before', () => {
    const rollout = { rolloutId: 'r' };
    const events = [
      deployment('x', '10:00', {
        ...A,
        ...rollout,
        changes: [change('a1', '09:00')],
      }),
      deployment('x', '11:00', {
        ...B,
        ...rollout,
        changes: [change('b1', '10:30')],
      }),
    ];
    const until = (to: string) =>
      answer(events, { window: { from: at('00:00'), to: at(to) } });
    expect(until('11:00').deploymentFrequency.deployments).toBe(0);
    expect(until('12:00').changeLeadTime).toMatchObject({
      samples: 2,
      medianSeconds: 75 * 60,
    });
    expect(answer(events, A).changeLeadTime.medianSeconds).toBe(3600);
  });

  it('fails a rollout in the scope in which a member has', () => {
    const events = [
      deployment('x', '10:00', {
        ...{ ...A, rolloutId: 'r' },
        changes: [change('a1', '09:00')],
      }),
      deployment('x', '10:05', { ...B, rolloutId: 'r' }),
      failure('x', '10:10', { ...C, rolloutId: 'r' }),
      deployment('x', '11:00', C),
    ];
    const of = (...services: string[]) => answer(events, { services });
    expect(of(A.service, B.service)).toMatchObject({
      deploymentFrequency: { deployments: 1 },
      changeFailRate: { failed: 0, total: 1 },
      changeLeadTime: { samples: 1 },
    });
    expect(of(A.service, C.service)).toMatchObject({
      deploymentFrequency: { deployments: 1 },
      changeFailRate: { failed: 1, total: 2 },
      // Not live with this rollout, and in no later one's list.
      changeLeadTime: { samples: 0 },
      failedDeploymentRecoveryTime: { samples: 1, medianSeconds: 50 * 60 },
    });
  });

  it('counts one failure and one recovery of a rollout, from the first impact to the last end', () => {
    const events = [
      deployment('x', '10:00', { ...A, id: 'a', rolloutId: 'r' }),
      deployment('x', '10:05', { ...B, id: 'b', rolloutId: 'r' }),
      ...incident('i', ['10:20', '10:40'], A),
      ...incident('j', ['10:30', '11:00'], B),
    ];
    expect(answer(events)).toMatchObject({
      changeFailRate: { failed: 1, total: 1 },
      failedDeploymentRecoveryTime: { samples: 1, medianSeconds: 40 * 60 },
    });
    const open = [...events, ...incident('k', ['10:50'], A)];
    expect(answer(open).failedDeploymentRecoveryTime).toMatchObject({
      samples: 0,
      ongoing: [{ deployment: 'b' }],
    });
  });

  it('fails with a member that did not finish last', () => {
    const events = [
      deployment('x', '10:00', { ...A, rolloutId: 'r' }),
      deployment('x', '10:05', { ...B, rolloutId: 'r' }),
      ...incident('i', ['10:20', '10:40'], A),
    ];
    expect(answer(events)).toMatchObject({
      changeFailRate: { failed: 1, total: 1 },
      failedDeploymentRecoveryTime: { samples: 1, medianSeconds: 20 * 60 },
    });
  });

  it('finds a rollout once whose changes are not known or come too late', () => {
    const rollout = { rolloutId: 'r' };
    const events = [
      deployment('v', '09:00', A),
      deployment('v', '09:00', B),
      deployment('v', '09:00', C),
      deployment('x', '10:00', { ...A, ...rollout }),
      deployment('x', '10:05', { ...B, ...rollout }),
      deployment('x', '10:10', {
        ...{ ...C, ...rollout },
        changes: [change('c1', '11:00'), change('c2', '11:00')],
      }),
    ];
    expect(findings(answer(events))).toMatchObject({
      'changes-unknown': 1,
      'change-after-deployment': 2,
    });
    const failed = failure('x', '10:20', { service: 'd', ...rollout });
    const codes = Object.keys(findings(answer([...events, failed])));
    expect(codes).not.toContain('changes-unknown');
    expect(codes).not.toContain('change-after-deployment');
  });

  it('is rework when any member is', () => {
    const events = [
      deployment('x', '10:00', { ...A, rolloutId: 'r', hotfix: true }),
      deployment('x', '10:05', { ...B, rolloutId: 'r' }),
      deployment('y', '10:10', C),
    ];
    expect(answer(events).deploymentReworkRate).toEqual({
      rate: 0.5,
      rework: 1,
      total: 2,
    });
  });

  it('fails one deployment of each service with an incident of several', () => {
    const events = [
      deployment('x', '10:00', A),
      deployment('x', '10:05', B),
      ...incident('i', ['11:00', '12:00'], {
        service: undefined,
        services: [A.service, B.service],
      }),
    ];
    expect(answer(events)).toMatchObject({
      changeFailRate: { failed: 2, total: 2 },
      failedDeploymentRecoveryTime: { samples: 2 },
    });
    expect(answer(events, A).changeFailRate).toMatchObject({ failed: 1 });
  });

  it('observes since the earliest event of any', () => {
    const events = [
      deployment('x', '10 00:00', A),
      deployment('x', '20 00:00', B),
    ];
    const window = { from: at('01 00:00'), to: at('30 00:00') };
    const days = (rest: object) =>
      answer(events, { window, ...rest }).window.observedDays;
    expect(days({})).toBe(20);
    expect(days(B)).toBe(10);
    expect(days({ services: [] })).toBe(0);
    expect(days({ service: 'nobody' })).toBe(0);
  });
});
