import { parseView, writeView } from './view';
import { resolvePeriod } from './period';

const read = (query: string) => parseView(new URLSearchParams(query));

describe('parseView', () => {
  it('shows the last 90 days where the address says nothing', () => {
    expect(read('')).toEqual({
      problems: [],
      view: expect.objectContaining({
        period: { preset: '90d' },
        section: 'charts',
        show: 'all',
        compare: [],
      }),
    });
  });

  it.each([
    ['interval=hour', /"interval" is "hour".*day, week, month/],
    ['timezone=Mars/Olympus', /"timezone" is "Mars\/Olympus".*IANA/],
    ['period=12d', /"period" is "12d".*7d, 30d, 90d, 6m, 1y/],
    ['from=2026-02-30&to=2026-03-01', /"from" is "2026-02-30".*a day such as/],
    ['from=2026-03-01', /"from" is "2026-03-01".*needs "to" beside it/],
    ['to=2026-03-01', /"to" is "2026-03-01".*needs "from" beside it/],
    ['from=2026-03-02&to=2026-03-01', /"to" is "2026-03-01".*later/],
    ['from=2015-01-01&to=2026-03-01', /three years/],
    ['section=secrets', /"section" is "secrets"/],
    ['show=none', /"show" is "none"/],
    ['bucket=monday', /"bucket" is "monday"/],
    ['deployment=../../metrics', /"deployment" is/],
    ['compare=user:default/dev', /"compare" is "user:default\/dev"/],
    [`compare=${Array(6).fill('component:default/a').join()}`, /up to 5/],
    [`environment=${'x'.repeat(101)}`, /longer than 100/],
  ])('says what is wrong with %s', (query, problem) => {
    const { problems } = read(query);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});

describe('writeView', () => {
  it('writes what it reads, beside what else is there', () => {
    const query =
      'other=1&from=2026-03-01&to=2026-03-31&interval=day&environment=prod&timezone=Asia%2FTokyo&section=deployments&show=failed&bucket=2026-03-02T00%3A00%3A00Z&deployment=7&compare=component%3Adefault%2Fa%2Cgroup%3Adefault%2Fb';
    expect(
      writeView(new URLSearchParams(query), read(query).view).toString(),
    ).toBe(query);
  });

  it('writes the time zone of the browser, for whoever gets the link', () => {
    const written = writeView(new URLSearchParams(), read('period=7d').view);
    expect(written.get('timezone')).toBe(
      new Intl.DateTimeFormat().resolvedOptions().timeZone,
    );
  });
});

describe('resolvePeriod', () => {
  const now = Date.parse('2026-03-31T12:00:00Z');

  it('ends a preset now', () => {
    expect(resolvePeriod({ preset: '7d' }, { now, timezone: 'UTC' })).toEqual({
      from: '2026-03-24T12:00:00.000Z',
      to: '2026-03-31T12:00:00.000Z',
      days: 7,
    });
  });

  it('takes whole days of the time zone, over a change of its clock', () => {
    expect(
      resolvePeriod(
        { from: '2026-03-29', to: '2026-03-29' },
        { now, timezone: 'Europe/Berlin' },
      ),
    ).toMatchObject({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
  });
});
