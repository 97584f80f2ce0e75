import { answer, at, deployment } from '../__testUtils__/history';

describe('deploymentFrequency', () => {
  it('has no level of frequency before a day was observed', () => {
    const frequency = (now: string, from: string) =>
      answer([deployment('a', '03 10:00')], {
        window: { from: at(from), to: at(now) },
        interval: 'month',
      });
    const young = frequency('03 10:03', '01 00:00');
    expect(young.deploymentFrequency).toEqual({ deployments: 1, perDay: 480 });
    expect(young.findings[0].message).toMatch(/less than a day was observed/);
    expect(young.series[0].deploymentFrequency.level).toBeUndefined();
    expect(frequency('04 10:00', '01 00:00').deploymentFrequency).toMatchObject(
      { perDay: 1, level: 5 },
    );
    // The whole of a short window was observed.
    expect(frequency('03 10:03', '03 10:00').deploymentFrequency.level).toBe(6);
  });
});
