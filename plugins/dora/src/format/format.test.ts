import { formatDuration } from './duration';
import { entityName, shortRevision } from './names';
import { formatFrequency, formatRate, plural } from './numbers';
import { formatPeriod } from './dates';

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [90, '1 min 30 s'],
    [1800, '30 min'],
    [5400, '1 h 30 min'],
    [86_400, '1 day'],
    [100_000, '1 day 4 h'],
    [9 * 86_400 + 3600, '9 days 1 h'],
    [45.2 * 86_400, '45 days'],
  ])('says %d seconds as %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

describe('formatFrequency', () => {
  it.each([
    [0, 'None'],
    [1.2, '1.2 per day'],
    [36, '36 per day'],
    [0.64, '4.5 per week'],
    [1 / 30, '1 per month'],
    [1 / 365, '1 per year'],
    [0.001, '0.37 per year'],
  ])('says %d per day as %s', (perDay, words) => {
    expect(formatFrequency(perDay)).toBe(words);
  });
});

describe('formatRate', () => {
  it('keeps one digit', () => {
    expect(formatRate(1 / 12)).toBe('8.3\u00a0%');
    expect(formatRate(0)).toBe('0\u00a0%');
    expect(formatRate(1)).toBe('100\u00a0%');
  });
});

describe('plural', () => {
  it('counts', () => {
    expect(plural(1, 'change')).toBe('1 change');
    expect(plural(1234, 'change')).toBe('1,234 changes');
  });
});

describe('entityName', () => {
  it('leaves the default namespace out', () => {
    expect(entityName('component:default/checkout')).toBe('checkout');
    expect(entityName('component:shop/checkout')).toBe('shop/checkout');
    expect(entityName('no ref')).toBe('no ref');
  });
});

describe('shortRevision', () => {
  it('cuts hashes only', () => {
    expect(shortRevision('0123456789abcdef0123')).toBe('01234567');
    expect(shortRevision('release-2026-11-20')).toBe('release-2026-11-20');
  });
});

describe('formatPeriod', () => {
  it('names the last day, not the exclusive end', () => {
    expect(
      formatPeriod(
        { from: '2026-02-28T23:00:00Z', to: '2026-03-31T22:00:00Z' },
        'Europe/Berlin',
      ),
    ).toBe('1 Mar 2026 to 31 Mar 2026');
  });
});
