import {
  answer,
  at,
  change,
  deployment,
  failure,
  findings,
  incident,
} from '../__testUtils__/history';

/** The worked cases of the definitions, by their numbers. */
describe('computeMetrics, in the worked case', () => {
  const MINUTE = 60;
  const HOUR = 3600;

  it('1: a redeployment of the live revision', () => {
    const listed = { changes: [change('b', '09:00')] };
    const { deploymentFrequency, changeLeadTime, deploymentReworkRate } =
      answer([
        deployment('a', '10:00'),
        deployment('b', '11:00', listed),
        deployment('b', '12:00', { changes: [change('c', '09:00')] }),
      ]);
    expect(deploymentFrequency.deployments).toBe(3);
    expect(changeLeadTime).toMatchObject({
      samples: 1,
      medianSeconds: 2 * HOUR,
    });
    expect(deploymentReworkRate.rework).toBe(0);
  });

  it('2: the first deployment of an old repository', () => {
    const result = answer([deployment('a', '10:00')]);
    expect(result.deploymentFrequency.deployments).toBe(1);
    expect(result.changeLeadTime).toEqual({
      medianSeconds: null,
      p75Seconds: null,
      p90Seconds: null,
      samples: 0,
    });
    expect(findings(result)).not.toHaveProperty('changes-unknown');
  });

  it('3: an attempt that fails and is repeated', () => {
    const changes = [change('a', '09:00')];
    const result = answer([
      failure('a', '10:00', { changes }),
      deployment('a', '10:30', { changes }),
    ]);
    expect(result.deploymentFrequency.deployments).toBe(1);
    expect(result.changeFailRate).toEqual({ rate: 0.5, failed: 1, total: 2 });
    expect(result.failedDeploymentRecoveryTime).toMatchObject({
      medianSeconds: 30 * MINUTE,
      samples: 1,
      ongoing: [],
    });
    expect(result.changeLeadTime).toMatchObject({
      samples: 1,
      medianSeconds: 90 * MINUTE,
    });
  });

  it('4: two failed attempts in a row', () => {
    const { failedDeploymentRecoveryTime, changeFailRate } = answer([
      failure('a', '10:00'),
      failure('a', '10:20'),
      deployment('a', '11:00'),
    ]);
    expect(failedDeploymentRecoveryTime).toMatchObject({
      medianSeconds: 60 * MINUTE,
      samples: 1,
    });
    expect(changeFailRate).toMatchObject({ failed: 2, total: 3 });
  });

  it('5: V1, V2, V3, V1', () => {
    const back = { changes: [change('x', '08:00')] };
    const result = answer([
      deployment('V1', '10:00'),
      deployment('V2', '11:00', { changes: [change('c2', '09:00')] }),
      deployment('V3', '12:00', { changes: [change('c3', '09:00')] }),
      deployment('V1', '12:30', back),
    ]);
    expect(result.changeFailRate).toEqual({ rate: 0.25, failed: 1, total: 4 });
    expect(result.failedDeploymentRecoveryTime).toMatchObject({
      medianSeconds: 90 * MINUTE,
      samples: 1,
    });
    expect(result.deploymentReworkRate).toEqual({
      rate: 0.25,
      rework: 1,
      total: 4,
    });
    expect(result.changeLeadTime.samples).toBe(2);
  });

  it('6: two incidents on one of ten deployments', () => {
    const events = Array.from({ length: 10 }, (_, i) =>
      deployment(`r${i}`, `${10 + i}:00`),
    );
    const { changeFailRate } = answer([
      ...events,
      ...incident('i1', ['12:10', '12:20']),
      ...incident('i2', ['12:15', '12:30']),
    ]);
    expect(changeFailRate).toEqual({ rate: 0.1, failed: 1, total: 10 });
  });

  it('7: an incident that names an earlier deployment', () => {
    const { failedDeploymentRecoveryTime } = answer([
      deployment('a', '10:00', { id: 'D1' }),
      deployment('b', '11:00', { id: 'D2' }),
      ...incident('i', ['11:30'], { deployment: 'D1' }),
    ]);
    expect(failedDeploymentRecoveryTime.ongoing).toMatchObject([
      { deployment: 'D1' },
    ]);
  });

  it('8: an incident before any deployment', () => {
    const result = answer([
      ...incident('i', ['09:00', '09:30']),
      deployment('a', '10:00'),
    ]);
    expect(result.changeFailRate.failed).toBe(0);
    expect(result.failedDeploymentRecoveryTime.samples).toBe(0);
    expect(findings(result)).toEqual({
      'incident-unlinked': 1,
      'window-cut': 1,
    });
  });

  it('9: an incident at the instant at which a deployment finishes', () => {
    const { failedDeploymentRecoveryTime } = answer([
      deployment('a', '09:00', { id: 'C' }),
      deployment('b', '10:00', { id: 'D' }),
      ...incident('i', ['10:00']),
    ]);
    expect(failedDeploymentRecoveryTime.ongoing).toMatchObject([
      { deployment: 'D' },
    ]);
  });

  it('10: an incident a week later, by itself and by name', () => {
    const monday = deployment('a', '02 10:00', { id: 'D' });
    const times = ['09 10:00', '09 10:30'];
    const byItself = answer([monday, ...incident('i', times)]);
    expect(byItself.changeFailRate.failed).toBe(0);
    expect(findings(byItself)['incident-unlinked']).toBe(1);

    const named = answer([
      monday,
      ...incident('i', times, { deployment: 'D' }),
    ]);
    expect(named.changeFailRate.failed).toBe(1);
    expect(named.failedDeploymentRecoveryTime.medianSeconds).toBe(30 * MINUTE);
    expect(findings(named)).not.toHaveProperty('incident-unlinked');
  });

  it('11: opened in one window, resolved in the next', () => {
    const events = [
      deployment('a', '02 10:00'),
      ...incident('i', ['02 11:00', '03 11:00']),
    ];
    const day = (from: string, to: string) =>
      answer(events, { window: { from: at(from), to: at(to) } });
    const first = day('02 00:00', '03 00:00');
    const second = day('03 00:00', '04 00:00');
    expect(first.changeFailRate.failed).toBe(1);
    expect(first.failedDeploymentRecoveryTime.samples).toBe(0);
    expect(second.changeFailRate).toEqual({ rate: null, failed: 0, total: 0 });
    expect(second.failedDeploymentRecoveryTime).toMatchObject({
      samples: 1,
      medianSeconds: 24 * HOUR,
    });
  });

  it('12: overlapping incidents on one deployment', () => {
    const { failedDeploymentRecoveryTime } = answer([
      deployment('a', '09:00'),
      ...incident('i1', ['10:00', '11:00']),
      ...incident('i2', ['10:30', '12:00']),
    ]);
    expect(failedDeploymentRecoveryTime).toMatchObject({
      samples: 1,
      medianSeconds: 120 * MINUTE,
    });
  });

  it('13: an incident that is opened again', () => {
    const { failedDeploymentRecoveryTime } = answer([
      deployment('a', '09:00'),
      ...incident('i', ['10:00', '11:00', '11:10', '12:00']),
    ]);
    expect(failedDeploymentRecoveryTime).toMatchObject({
      samples: 1,
      medianSeconds: 120 * MINUTE,
    });
  });

  it('14: an incident that is still open', () => {
    const result = answer(
      [deployment('a', '09:00', { id: 'D' }), ...incident('i', ['10:00'])],
      { now: at('13:00') },
    );
    expect(result.changeFailRate).toEqual({ rate: 1, failed: 1, total: 1 });
    expect(result.failedDeploymentRecoveryTime).toEqual({
      medianSeconds: null,
      p90Seconds: null,
      samples: 0,
      ongoing: [
        {
          deployment: 'D',
          service: 'component:default/checkout',
          sinceSeconds: 3 * HOUR,
        },
      ],
    });
  });

  it('15: one pipeline deploys three services', () => {
    const services = ['a', 'b', 'c'].map(name => `component:default/${name}`);
    const events = services.map((service, i) =>
      deployment('r', `10:0${i}`, { service, rolloutId: 'pipeline-7' }),
    );
    for (const service of services) {
      expect(answer(events, { service }).deploymentFrequency.deployments).toBe(
        1,
      );
    }
    expect(answer(events, { services }).deploymentFrequency.deployments).toBe(
      1,
    );
    expect(answer(events).changeFailRate.total).toBe(1);
  });

  it('15b: one rollout reaches production and prod', () => {
    const rollout = {
      rolloutId: 'r-1',
      changes: [change('b', '09:00'), change('c', '09:30')],
    };
    const result = answer(
      [
        deployment('a', '08:00'),
        deployment('c', '10:00', rollout),
        deployment('c', '11:00', { ...rollout, environment: 'prod' }),
      ],
      { window: { from: at('10:30'), to: at('12:00') } },
    );
    expect(result.deploymentFrequency.deployments).toBe(1);
    expect(result.changeLeadTime).toMatchObject({
      samples: 2,
      medianSeconds: 105 * MINUTE,
    });
  });

  it('16: success arrives before in_progress', () => {
    const done = deployment('a', '10:05', { id: 'D', startedAt: at('10:00') });
    const { finishedAt, ...begun } = done;
    const events = [done, { ...begun, status: 'in_progress' as const }];
    expect(answer(events).deploymentFrequency.deployments).toBe(1);
  });

  it('17: the median of 10, 20, 30, 40', () => {
    const changes = ['09:50', '09:40', '09:30', '09:20'].map((time, i) =>
      change(`c${i}`, time),
    );
    expect(
      answer([deployment('a', '10:00', { changes })]).changeLeadTime,
    ).toMatchObject({
      medianSeconds: 25 * MINUTE,
      p75Seconds: 32.5 * MINUTE,
      p90Seconds: 37 * MINUTE,
    });
  });

  it('18: the median is over the samples, not over days', () => {
    const many = Array.from({ length: 99 }, (_, i) =>
      change(`c${i}`, '2026-03-05T08:00:00Z'),
    );
    const result = answer([
      deployment('a', '02 10:00', { changes: [change('a', '09:00')] }),
      deployment('b', '09 12:00', { changes: many }),
    ]);
    expect(result.changeLeadTime.medianSeconds).toBe(100 * HOUR);
  });

  it('19: a service six days old', () => {
    const events = ['26', '27', '28', '29', '30', '31'].map((day, i) =>
      deployment(`r${i}`, `${day} 00:00`),
    );
    const result = answer(events, {
      window: { from: '2026-03-02T00:00:00Z', to: '2026-04-01T00:00:00Z' },
    });
    expect(result.deploymentFrequency).toMatchObject({
      deployments: 6,
      perDay: 1,
    });
    expect(result.window.observedDays).toBe(6);
    expect(findings(result)['window-cut']).toBe(1);
  });

  it('20: the evening before, in Berlin', () => {
    const events = [deployment('a', '2026-03-29T22:30:00Z')];
    const series = (interval: 'day' | 'week') =>
      answer(events, { interval, timezone: 'Europe/Berlin' }).series.find(
        bucket => bucket.deploymentFrequency.deployments === 1,
      )!;
    expect(series('day')).toMatchObject({
      start: '2026-03-29T22:00:00.000Z',
      end: '2026-03-30T22:00:00.000Z',
      partial: false,
    });
    expect(series('week').start).toBe('2026-03-29T22:00:00.000Z');
  });

  it('21: an incident source that has nothing to tell', () => {
    const result = answer([deployment('a', '10:00')], {
      incidentSourceHeard: true,
    });
    expect(result.changeFailRate).toEqual({ rate: 0, failed: 0, total: 1 });
    expect(findings(result)).not.toHaveProperty('incident-source-missing');
    const unheard = answer([deployment('a', '10:00')]);
    expect(findings(unheard)['incident-source-missing']).toBe(1);
  });

  it('22: an older deployment that finishes later', () => {
    const first = change('r1', '09:00', { parents: ['r0'] });
    const second = change('r2', '09:30', { parents: ['r1'] });
    const result = answer([
      deployment('r0', '08:00'),
      deployment('r1', '11:00', {
        startedAt: at('10:00'),
        changes: [first, change('extra', '09:00')],
      }),
      deployment('r2', '10:30', {
        startedAt: at('10:10'),
        changes: [first, second],
      }),
    ]);
    expect(result.deploymentFrequency.deployments).toBe(3);
    expect(result.changeLeadTime).toMatchObject({
      samples: 2,
      medianSeconds: 75 * MINUTE,
    });
    expect(result.deploymentReworkRate.rework).toBe(0);
    expect(result.changeFailRate.failed).toBe(0);
  });
});
