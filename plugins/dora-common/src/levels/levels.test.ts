import { CLUSTERS } from './clusters';
import { LEVELS_EDITION, LEVELS_SOURCE, levelOf, levelsOf } from './levels';

const DAY = 86400;

describe('levelOf', () => {
  it.each([
    [0, 6, 'less than one hour'],
    [3599, 6, 'less than one hour'],
    [3600, 5, 'less than one day'],
    [DAY - 1, 5, 'less than one day'],
    [DAY, 4, 'one day to one week'],
    [7 * DAY - 1, 4, 'one day to one week'],
    [7 * DAY, 3, 'one week to one month'],
    [30 * DAY - 1, 3, 'one week to one month'],
    [30 * DAY, 2, 'one to six months'],
    [182 * DAY, 2, 'one to six months'],
    [182 * DAY + 1, 1, 'more than six months'],
  ])('puts %d seconds at level %d, %s', (seconds, level, threshold) => {
    for (const metric of [
      'changeLeadTime',
      'failedDeploymentRecoveryTime',
    ] as const) {
      expect(levelOf(metric, seconds)).toEqual({ level, threshold });
    }
  });

  it.each([
    [0, 1, 'fewer than once per six months'],
    [0.99 / 182, 1, 'fewer than once per six months'],
    [1 / 182, 2, 'between once per month and once every six months'],
    [0.99 / 30, 2, 'between once per month and once every six months'],
    [1 / 30, 3, 'between once per week and once per month'],
    [0.99 / 7, 3, 'between once per week and once per month'],
    [1 / 7, 4, 'between once per day and once per week'],
    [13 / 91, 4, 'between once per day and once per week'],
    [0.99, 4, 'between once per day and once per week'],
    [1, 5, 'between once per hour and once per day'],
    [1.2, 5, 'between once per hour and once per day'],
    [23.99, 5, 'between once per hour and once per day'],
    [24, 6, 'on demand'],
  ])(
    'puts %d deployments a day at level %d, %s',
    (perDay, level, threshold) => {
      expect(levelOf('deploymentFrequency', perDay)).toEqual({
        level,
        threshold,
      });
    },
  );

  it.each([null, undefined])('has none for %p', value => {
    expect(levelOf('changeLeadTime', value)).toBeUndefined();
  });
});

describe('the published tables', () => {
  it('have six levels a metric, with edition and source', () => {
    expect(LEVELS_EDITION).toBe(2026);
    expect(LEVELS_SOURCE).toBe('https://dora.dev/quickcheck/');
    for (const metric of [
      'changeLeadTime',
      'deploymentFrequency',
      'failedDeploymentRecoveryTime',
    ] as const) {
      expect(levelsOf(metric).map(({ level }) => level)).toEqual([
        1, 2, 3, 4, 5, 6,
      ]);
    }
  });

  it('have the clusters of 2024 and 2023, which are no ladder', () => {
    const tables = CLUSTERS.map(({ year, clusters }) => [
      year,
      ...clusters.map(cluster => Object.values(cluster).join(' | ')),
    ]);
    const often = 'between once per day and once per week';
    const seldom = 'between once per week and once per month';
    const [day, week] = ['less than one day', 'between one day and one week'];
    const month = 'between one week and one month';
    expect(tables).toEqual([
      [
        2024,
        `elite | 0.19 | on demand (multiple deploys per day) | ${day} | 0.05 | less than one hour`,
        `high | 0.22 | ${often} | ${week} | 0.2 | ${day}`,
        `medium | 0.35 | ${seldom} | ${month} | 0.1 | ${day}`,
        `low | 0.25 | between once per month and once every six months | between one month and six months | 0.4 | ${month}`,
      ],
      [
        2023,
        `elite | 0.18 | on demand | ${day} | 0.05 | less than one hour`,
        `high | 0.31 | ${often} | ${week} | 0.1 | ${day}`,
        `medium | 0.33 | ${seldom} | ${month} | 0.15 | ${week}`,
        `low | 0.17 | ${seldom} | ${month} | 0.64 | between one month and six months`,
      ],
    ]);
  });
});
