import { DateTime } from 'luxon';
import { bucketIndex, buckets } from './buckets';
import { instantText } from './window';

function cut(
  from: string,
  to: string,
  interval: 'day' | 'week' | 'month',
  timezone = 'UTC',
) {
  return buckets({
    from: Date.parse(from),
    to: Date.parse(to),
    interval,
    timezone,
  });
}

const HOURS = 3_600_000;

describe('buckets', () => {
  it('cuts at the starts and marks the partial edges', () => {
    expect(
      cut('2026-03-04T12:00:00Z', '2026-03-18T00:00:00Z', 'week').map(b => [
        instantText(b.start),
        instantText(b.end),
        b.partial,
      ]),
    ).toEqual([
      ['2026-03-04T12:00:00.000Z', '2026-03-09T00:00:00.000Z', true],
      ['2026-03-09T00:00:00.000Z', '2026-03-16T00:00:00.000Z', false],
      ['2026-03-16T00:00:00.000Z', '2026-03-18T00:00:00.000Z', true],
    ]);
  });

  it('marks one bucket that is cut at both edges', () => {
    expect(
      cut('2026-03-04T12:00:00Z', '2026-03-04T13:00:00Z', 'month'),
    ).toEqual([
      {
        start: Date.parse('2026-03-04T12:00:00Z'),
        end: Date.parse('2026-03-04T13:00:00Z'),
        partial: true,
      },
    ]);
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-03-30', 24],
    ['2026-10-25', 25],
  ])('gives %s in Berlin %d hours', (date, hours) => {
    const day = DateTime.fromISO(date, { zone: 'Europe/Berlin' });
    const list = buckets({
      from: day.toMillis(),
      to: day.plus({ days: 1 }).toMillis(),
      interval: 'day',
      timezone: 'Europe/Berlin',
    });
    expect(list).toHaveLength(1);
    expect(list[0].partial).toBe(false);
    expect(list[0].end - list[0].start).toBe(hours * HOURS);
  });

  it.each([
    ['2026-03', 31 * 24 - 1],
    ['2026-10', 31 * 24 + 1],
    ['2028-02', 29 * 24],
  ])('gives the month %s in Berlin %d hours', (month, hours) => {
    const start = DateTime.fromISO(month, { zone: 'Europe/Berlin' });
    const [bucket] = buckets({
      from: start.toMillis(),
      to: start.plus({ months: 1 }).toMillis(),
      interval: 'month',
      timezone: 'Europe/Berlin',
    });
    expect(bucket.end - bucket.start).toBe(hours * HOURS);
  });

  it('puts an instant into the ISO week of its zone', () => {
    const week = (instant: string, timezone: string) => {
      const list = cut(
        '2026-01-01T00:00:00Z',
        '2027-02-01T00:00:00Z',
        'week',
        timezone,
      );
      const { start } = list[bucketIndex(list, Date.parse(instant))];
      return DateTime.fromMillis(start, { zone: timezone }).toFormat(
        "kkkk-'W'WW",
      );
    };
    expect(week('2026-03-29T22:30:00Z', 'Europe/Berlin')).toBe('2026-W14');
    expect(week('2026-03-29T22:30:00Z', 'UTC')).toBe('2026-W13');
    expect(week('2027-01-01T12:00:00Z', 'UTC')).toBe('2026-W53');
    expect(week('2027-01-04T00:00:00Z', 'UTC')).toBe('2027-W01');
  });

  it.each([
    ['Asia/Kolkata', '2026-03-01T18:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-03-01T13:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-01T18:15:00.000Z'],
    ['America/St_Johns', '2026-03-01T03:30:00.000Z'],
  ])('begins the days of %s at its own midnight', (timezone, start) => {
    const list = cut(
      '2026-03-01T00:00:00Z',
      '2026-03-03T00:00:00Z',
      'day',
      timezone,
    );
    expect(list.map(b => instantText(b.start))).toContain(start);
  });

  it('begins a day without a midnight when it begins', () => {
    const list = cut(
      '2018-11-03T03:00:00Z',
      '2018-11-06T02:00:00Z',
      'day',
      'America/Sao_Paulo',
    );
    expect(list.map(b => instantText(b.start))).toEqual([
      '2018-11-03T03:00:00.000Z',
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ]);
    expect(list.every(b => !b.partial)).toBe(true);
  });

  it('has no bucket for a day that a zone skipped', () => {
    const list = cut(
      '2011-12-29T10:00:00Z',
      '2011-12-31T10:00:00Z',
      'day',
      'Pacific/Apia',
    );
    expect(list.map(b => instantText(b.start))).toEqual([
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
    ]);
  });

  it.each([
    'UTC',
    'Europe/Berlin',
    'Asia/Kolkata',
    'America/Sao_Paulo',
    'Pacific/Apia',
    'Africa/Casablanca',
  ])('leaves no gap in %s', timezone => {
    for (const interval of ['day', 'week', 'month'] as const) {
      const [from, to] = [
        '2010-02-03T04:05:06.789Z',
        '2027-08-09T10:11:12.131Z',
      ];
      const list = cut(from, to, interval, timezone);
      expect(list[0].start).toBe(Date.parse(from));
      expect(list.at(-1)!.end).toBe(Date.parse(to));
      const wrong = list.filter(
        ({ start, end, partial }, i) =>
          end <= start ||
          end !== (list[i + 1]?.start ?? end) ||
          partial !== (i === 0 || i === list.length - 1),
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('bucketIndex', () => {
  it('finds what is in a bucket, and nothing outside', () => {
    const list = cut('2026-03-01T00:00:00Z', '2026-03-04T00:00:00Z', 'day');
    const index = (instant: string) => bucketIndex(list, Date.parse(instant));
    expect(index('2026-02-28T23:59:59Z')).toBe(-1);
    expect(index('2026-03-01T00:00:00Z')).toBe(0);
    expect(index('2026-03-01T23:59:59Z')).toBe(0);
    expect(index('2026-03-02T00:00:00Z')).toBe(1);
    expect(index('2026-03-03T23:59:59Z')).toBe(2);
    expect(index('2026-03-04T00:00:00Z')).toBe(-1);
    expect(bucketIndex([], 0)).toBe(-1);
  });
});
