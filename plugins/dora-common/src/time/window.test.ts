import {
  checkTimezone,
  observedDays,
  previousWindow,
  toMillis,
  windowOf,
} from './window';

const DAY = 86_400_000;

describe('observedDays', () => {
  const window = { from: 10 * DAY, to: 20 * DAY };

  it.each([
    [undefined, 0],
    [0, 10],
    [10 * DAY, 10],
    [10.5 * DAY, 9.5],
    [20 * DAY, 0],
    [21 * DAY, 0],
  ])('of ten days, with a first event at %p, are %d', (first, days) => {
    expect(observedDays(window, first)).toBe(days);
  });
});

describe('previousWindow', () => {
  it('is as long and ends where the other begins', () => {
    expect(previousWindow({ from: 10, to: 25 })).toEqual({ from: -5, to: 10 });
  });
});

describe('toMillis', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-03-30T10:00', 'Asia/Kolkata', '2026-03-30T04:30:00Z'],
    ['2026-03-30T10:00:00Z', 'Asia/Kolkata', '2026-03-30T10:00:00Z'],
    ['2026-03-30T10:00:00-02:00', 'UTC', '2026-03-30T12:00:00Z'],
  ])('reads %s in %s', (text, timezone, expected) => {
    const millis = Date.parse(expected);
    expect(toMillis(text, 'from', timezone)).toBe(millis);
    expect(toMillis(new Date(millis), 'from', timezone)).toBe(millis);
    expect(toMillis(millis, 'from')).toBe(millis);
  });

  it.each(['', 'now', '2026-13-01', NaN, new Date('x')])(
    'refuses %p by the name of the parameter',
    value => {
      expect(() => toMillis(value, 'from')).toThrow(
        /^from must be an ISO 8601/,
      );
    },
  );
});

describe('windowOf', () => {
  const now = Date.parse('2026-03-31T12:00:00Z');

  it('is the 90 days before now, or before the end that is given', () => {
    expect(windowOf({ now })).toEqual({ from: now - 90 * DAY, to: now });
    const to = Date.parse('2026-03-01T00:00:00Z');
    expect(windowOf({ now, to })).toEqual({ from: to - 90 * DAY, to });
    expect(windowOf({ now, from: to })).toEqual({ from: to, to: now });
  });

  it('refuses what does not begin before it ends', () => {
    expect(() => windowOf({ now, from: now, to: now })).toThrow(
      'from must be before to, but 2026-03-31T12:00:00.000Z is not before 2026-03-31T12:00:00.000Z',
    );
  });
});

describe('checkTimezone', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Etc/GMT+5'])(
    'takes %s',
    timezone => {
      expect(checkTimezone(timezone)).toBe(timezone);
    },
  );

  it.each(['', 'Mars/Olympus', 'local', '+25:00', 'x'.repeat(1000)])(
    'refuses %p',
    timezone => {
      expect(() => checkTimezone(timezone)).toThrow(
        /^timezone must be an IANA/,
      );
    },
  );
});
