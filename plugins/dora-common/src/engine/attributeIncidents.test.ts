import { deployment, failure, incident } from '../__testUtils__/history';
import type { DoraEventInput } from '../events';
import { deriveService } from './deriveFacts';
import { mergeEvents } from './mergeEvents';
import type { EngineOptions } from './options';

/** The id of the deployment that an incident is attributed to. */
function blamed(
  events: readonly DoraEventInput[],
  options?: EngineOptions,
): string | undefined {
  const { facts, unlinked } = deriveService({
    ...mergeEvents(events),
    options,
  });
  const failed = facts.filter(fact =>
    fact.failures.some(({ kind }) => kind === 'incident'),
  );
  expect(failed.length + unlinked.length).toBe(1);
  return failed[0]?.id;
}

const SHA = '4f2c9e1a77b05d1c8e1f0a2b3c4d5e6f70819293';
const history = [
  deployment(SHA, '02 10:00', { id: 'a' }),
  deployment('b2', '03 10:00', { id: 'b' }),
  failure('c3', '03 11:00', { id: 'c' }),
  deployment(SHA, '04 10:00', { id: 'd' }),
];

describe('attributeIncidents', () => {
  it.each([
    ['02 09:59', undefined],
    ['02 10:00', 'a'],
    ['03 09:59', 'a'],
    ['03 10:00', 'b'],
    ['03 11:30', 'b'],
    ['04 12:00', 'd'],
    ['07 10:00', 'd'],
    ['07 10:01', undefined],
  ])('opened at March %s by itself: %s', (time, expected) => {
    expect(blamed([...history, ...incident('i', [time])])).toBe(expected);
  });

  it('takes another attribution window', () => {
    const events = [...history, ...incident('i', ['04 10:30'])];
    const within = (attributionWindowSeconds: number) =>
      blamed(events, { attributionWindowSeconds });
    expect(within(30 * 60)).toBe('d');
    expect(within(30 * 60 - 1)).toBeUndefined();
    expect(within(0)).toBeUndefined();
  });

  it.each([
    ['a deployment', { deployment: 'b' }, 'b'],
    ['a failed attempt', { deployment: 'c' }, 'c'],
    ['an unknown deployment', { deployment: 'z' }, undefined],
    [
      'an unknown deployment of a known revision',
      { deployment: 'z', revision: 'b2' },
      'b',
    ],
    [
      'a deployment and another revision',
      { deployment: 'a', revision: 'b2' },
      'a',
    ],
    ['a revision', { revision: 'b2' }, 'b'],
    ['a revision in short', { revision: SHA.slice(0, 7) }, 'd'],
    [
      'a revision in capitals',
      { revision: SHA.slice(0, 9).toUpperCase() },
      'd',
    ],
    ['a revision in too short', { revision: SHA.slice(0, 6) }, undefined],
    ['a revision that only failed', { revision: 'c3' }, undefined],
    ['an unknown revision', { revision: 'zz' }, undefined],
  ])('that names %s', (_, named, expected) => {
    expect(blamed([...history, ...incident('i', ['20 10:00'], named)])).toBe(
      expected,
    );
  });

  it('takes the latest deployment of a revision before the incident, else the first', () => {
    const named = { revision: SHA };
    const when = (time: string) =>
      blamed([...history, ...incident('i', [time], named)]);
    expect(when('03 12:00')).toBe('a');
    expect(when('04 10:00')).toBe('d');
    expect(when('01 10:00')).toBe('a');
  });

  it('takes the latest of several deployments of one id', () => {
    const twice = [
      ...history,
      deployment('e', '05 10:00', { id: 'a', source: 'x' }),
    ];
    const { facts } = deriveService(
      mergeEvents([
        ...twice,
        ...incident('i', ['03 12:00'], { deployment: 'a' }),
      ]),
    );
    expect(facts.filter(f => f.failures.length).map(f => f.revision)).toContain(
      'e',
    );
  });

  it('starts the impact at the earliest of several, and ends with the last', () => {
    const { facts } = deriveService(
      mergeEvents([
        history[0],
        ...incident('i', ['02 12:00', '02 13:00']),
        ...incident('j', ['02 11:00', '02 11:30']),
        ...incident('k', ['02 12:30', '02 12:40', '02 14:00', '02 15:00']),
      ]),
    );
    expect(facts[0].recovery).toEqual({
      impactAt: Date.parse('2026-03-02T11:00:00Z'),
      recoveredAt: Date.parse('2026-03-02T15:00:00Z'),
    });
  });

  it('does not recover while one of several is open', () => {
    const { facts } = deriveService(
      mergeEvents([
        history[0],
        ...incident('i', ['02 12:00', '02 13:00']),
        ...incident('j', ['02 12:30', '02 12:40', '02 12:50']),
      ]),
    );
    expect(facts[0].recovery).toEqual({
      impactAt: Date.parse('2026-03-02T12:00:00Z'),
    });
  });
});
