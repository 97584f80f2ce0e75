import {
  answer,
  at,
  change,
  deployment,
  failure,
  findings,
  incident,
} from '../__testUtils__/history';
import { computeMetrics } from './computeMetrics';

describe('computeMetrics', () => {
  it('has a window from its start to before its end', () => {
    const events = [
      deployment('a', '10:00', { changes: [change('a', '09:00')] }),
      failure('b', '11:00'),
      deployment('b', '12:00', { changes: [change('b', '09:00')] }),
    ];
    const within = (from: string, to: string) => {
      const result = answer(events, { window: { from: at(from), to: at(to) } });
      return [
        result.deploymentFrequency.deployments,
        result.changeFailRate.total,
        result.changeLeadTime.samples,
        result.failedDeploymentRecoveryTime.samples,
      ];
    };
    expect(within('10:00', '12:00')).toEqual([1, 2, 1, 0]);
    expect(within('10:01', '12:01')).toEqual([1, 2, 1, 1]);
    expect(within('11:00', '12:00')).toEqual([0, 1, 0, 0]);
    expect(within('12:00', '12:01')).toEqual([1, 1, 1, 1]);
  });

  it('tells the window before and the edition of the levels', () => {
    const result = answer(
      [deployment('a', '01 10:00'), deployment('b', '03 10:00')],
      {
        window: { from: at('03 00:00'), to: at('05 00:00') },
      },
    );
    expect(result.previous).toMatchObject({
      window: {
        from: '2026-03-01T00:00:00.000Z',
        to: '2026-03-03T00:00:00.000Z',
        observedDays: 38 / 24,
      },
      deploymentFrequency: { deployments: 1, perDay: 1 / (38 / 24) },
    });
    expect(result.levelsEdition).toBe(2026);
  });

  it('lists what is ongoing since before the window, and in the bucket in which it began', () => {
    const events = [
      deployment('a', '01 10:00', { id: 'A' }),
      ...incident('i', ['02 10:00']),
      deployment('b', '20 10:00', { id: 'B' }),
      ...incident('j', ['20 11:00']),
    ];
    const result = answer(events, {
      window: { from: at('09 00:00'), to: at('21 00:00') },
      now: at('21 11:00'),
    });
    const ids = (of: typeof result.failedDeploymentRecoveryTime) =>
      of.ongoing.map(({ deployment: id, sinceSeconds }) => [id, sinceSeconds]);
    expect(ids(result.failedDeploymentRecoveryTime)).toEqual([
      ['A', 19 * 86400 + 3600],
      ['B', 86400],
    ]);
    expect(
      result.series.map(b => ids(b.failedDeploymentRecoveryTime).length),
    ).toEqual([0, 1]);
    expect(ids(result.previous.failedDeploymentRecoveryTime)).toHaveLength(1);
  });

  it('lists an ongoing failure where it began, not where it was deployed', () => {
    const events = [
      deployment('a', '02 10:00'),
      ...incident('i', ['04 10:00']),
    ];
    const { series } = answer(events, { interval: 'day' });
    const days = series.filter(
      bucket => bucket.failedDeploymentRecoveryTime.ongoing.length > 0,
    );
    expect(days.map(({ start }) => start)).toEqual([
      '2026-03-04T00:00:00.000Z',
    ]);
    const failed = series.filter(bucket => bucket.changeFailRate.failed > 0);
    expect(failed.map(({ start }) => start)).toEqual([
      '2026-03-02T00:00:00.000Z',
    ]);
  });

  it('does not list as ongoing what begins at the end of the window', () => {
    const events = [failure('a', '10:00', { id: 'A' })];
    const until = (to: string) =>
      answer(events, { window: { from: at('09:00'), to: at(to) } })
        .failedDeploymentRecoveryTime.ongoing.length;
    expect(until('10:00')).toBe(0);
    expect(until('10:01')).toBe(1);
  });

  it('counts production only, in any case', () => {
    const events = [
      deployment('a', '10:00', { environment: 'Production' }),
      deployment('b', '10:10', { environment: 'PROD' }),
      deployment('c', '10:20', { environment: 'staging' }),
      failure('d', '10:30', { environment: 'live' }),
    ];
    const total = (rest: object) => answer(events, rest).changeFailRate.total;
    expect(total({})).toBe(2);
    expect(total({ environment: 'prod' })).toBe(1);
    expect(total({ productionEnvironments: ['Live', 'staging'] })).toBe(2);

    const staging = answer(events, { environment: 'staging' });
    expect(staging.changeFailRate.total).toBe(0);
    expect(findings(staging)['environment-not-production']).toBe(1);
    expect(staging.findings[0].message).toContain('"staging"');
  });

  it('looks at one environment with the incidents that are its own', () => {
    const events = [
      deployment('a', '10:00', { id: 'p' }),
      deployment('a', '10:10', { id: 'q', environment: 'prod' }),
      ...incident('i', ['11:00', '11:30'], { deployment: 'p' }),
      ...incident('j', ['30 11:00', '30 11:30']),
    ];
    const prod = answer(events, { environment: 'prod' });
    expect(prod.changeFailRate.failed).toBe(0);
    expect(findings(prod)['incident-unlinked']).toBe(1);
    const production = answer(events, { environment: 'production' });
    expect(production.changeFailRate.failed).toBe(1);
    expect(findings(production)['incident-unlinked']).toBe(1);
  });

  it('can leave failed attempts out of the fail rate', () => {
    const events = [failure('a', '10:00'), deployment('a', '10:30')];
    expect(answer(events, { failedAttemptsCount: false })).toMatchObject({
      changeFailRate: { rate: 0, failed: 0, total: 2 },
      failedDeploymentRecoveryTime: { samples: 0, ongoing: [] },
    });
  });

  it('finds what weakens the numbers, in the window only', () => {
    const events = [
      deployment('a', '01 10:00'),
      deployment('b', '03 10:00'),
      deployment('c', '03 11:00', {
        changes: [change('c1', '03 12:00'), change('c2', '03 13:00')],
      }),
      deployment('d', '05 10:00'),
      ...incident('i', ['20 10:00', '20 11:00']),
    ];
    const within = (from: string, to: string) =>
      answer(events, { window: { from: at(from), to: at(to) } });
    const first = within('02 00:00', '04 00:00');
    expect(findings(first)).toEqual({
      'changes-unknown': 1,
      'change-after-deployment': 2,
    });
    expect(first.findings.map(f => f.message)).toEqual([
      '2 changes are dated after the deployment that contains them and are left out of the lead time.',
      'The changes of 1 deployment are not known, so they are missing from the lead time.',
    ]);
    for (const [from, to, expected] of [
      ['20 00:00', '21 00:00', { 'incident-unlinked': 1 }],
      ['20 10:00', '21 00:00', { 'incident-unlinked': 1 }],
      ['20 00:00', '20 10:00', {}],
    ] as const) {
      expect(findings(within(from, to))).toEqual(expected);
    }
  });

  it('has heard from an incident source when that spoke of any service', () => {
    const events = [
      deployment('a', '10:00'),
      ...incident('i', ['10:00'], { service: 'other' }),
    ];
    expect(
      findings(answer(events, { service: 'checkout' })),
    ).not.toHaveProperty('incident-source-missing');
  });

  it('takes the last 90 days without a window, and dates in the time zone', () => {
    const events = [deployment('a', '10:00')];
    expect(computeMetrics({ events, now: at('10:00') }).window).toMatchObject({
      from: '2025-12-02T10:00:00.000Z',
      to: '2026-03-02T10:00:00.000Z',
    });
    const window = { from: '2026-03-01', to: '2026-04-01' };
    expect(
      computeMetrics({ events, window, timezone: 'Europe/Berlin' }).window,
    ).toMatchObject({
      from: '2026-02-28T23:00:00.000Z',
      to: '2026-03-31T22:00:00.000Z',
      timezone: 'Europe/Berlin',
    });
  });

  it.each([
    [
      { window: { from: at('10:00'), to: at('10:00') } },
      /^from must be before to/,
    ],
    [
      { window: { from: 'soon', to: at('10:00') } },
      /^from must be an ISO 8601/,
    ],
    [{ window: { from: at('10:00'), to: '9' } }, /^to must be an ISO 8601/],
    [{ interval: 'year' as 'day' }, /^interval must be day, week or month/],
    [{ timezone: 'Mars/Olympus' }, /^timezone must be an IANA time zone/],
    [{ service: 'group:default/a' }, /^service must be the entity reference/],
    [{ attributionWindowSeconds: -1 }, /^attributionWindowSeconds must be/],
    [{ window: {}, now: undefined }, /^now must be given/],
  ])('refuses %j', (rest, message) => {
    const compute = () => answer([], rest);
    expect(compute).toThrow(message);
    expect(compute).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('answers for eleven years by day in no time', () => {
    const day = 86_400_000;
    const from = Date.parse('2015-01-01T00:00:00Z');
    const events = Array.from({ length: 20_000 }, (_, i) => {
      const finishedAt = new Date(from + (i * 4017 * day) / 20_000);
      const time = finishedAt.toISOString();
      return deployment(`r${i}`, time, { changes: [change(`c${i}`, time)] });
    });
    const began = performance.now();
    const result = answer(events, {
      window: { from, to: from + 4017 * day },
      interval: 'day',
      timezone: 'America/New_York',
    });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(result.series.length).toBe(4018);
    expect(
      result.series.reduce((n, b) => n + b.deploymentFrequency.deployments, 0),
    ).toBe(20_000);
  });
});
