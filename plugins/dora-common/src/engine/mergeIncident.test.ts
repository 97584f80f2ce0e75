import {
  answer,
  at,
  deployment,
  incident,
  SERVICE,
} from '../__testUtils__/history';
import type { DoraEventInput } from '../events';
import { mergeEvents } from './mergeEvents';

const instant = (time: string) => Date.parse(at(time));

describe('mergeEvents, of incidents', () => {
  const intervals = (...events: DoraEventInput[]) => {
    const { incidents } = mergeEvents(events);
    expect(mergeEvents([...events].reverse()).incidents).toEqual(incidents);
    return incidents[0].intervals.map(({ openedAt, resolvedAt }) => [
      new Date(openedAt).toISOString().slice(11, 16),
      resolvedAt && new Date(resolvedAt).toISOString().slice(11, 16),
    ]);
  };
  const times = (...list: string[]) => incident('i', list);

  it('follows openings and ends', () => {
    expect(intervals(...times('10:00'))).toEqual([['10:00', undefined]]);
    expect(
      intervals(...times('10:00', '11:00', '11:10', '12:00', '13:00')),
    ).toEqual([
      ['10:00', '11:00'],
      ['11:10', '12:00'],
      ['13:00', undefined],
    ]);
  });

  it('needs no word of the opening', () => {
    expect(intervals(times('10:00', '11:00')[1])).toEqual([['10:00', '11:00']]);
  });

  it('ends with the last end where an opening was not told', () => {
    const [open, first, , second] = times('10:00', '11:00', '11:10', '12:00');
    expect(intervals(open, first, second)).toEqual([['10:00', '12:00']]);
  });

  it('is open when it is opened again at the instant of its end', () => {
    expect(intervals(...times('10:00', '11:00', '11:00'))).toEqual([
      ['10:00', '11:00'],
      ['11:00', undefined],
    ]);
  });

  it('may last no time', () => {
    expect(intervals(...times('10:00', '10:00'))).toEqual([['10:00', '10:00']]);
  });

  it('reads a word of all three times', () => {
    const [open] = times('10:00');
    expect(
      intervals({
        ...open,
        resolvedAt: at('11:00'),
        occurredAt: at('11:10'),
      } as DoraEventInput),
    ).toEqual([
      ['10:00', '11:00'],
      ['11:10', undefined],
    ]);
  });

  it('is one incident for each service', () => {
    const named = { service: 'Cart', services: [SERVICE, 'cart'] };
    const { incidents } = mergeEvents(incident('i', ['10:00'], named));
    expect(incidents.map(i => i.service)).toEqual([
      'component:default/cart',
      SERVICE,
    ]);
  });

  it('is of the services of all its events, with one history', () => {
    const [open] = incident('i', ['10:00'], { service: 'cart' });
    const [, end] = incident('i', ['10:00', '11:00']);
    const [other] = incident('i', ['09:00'], { source: 'other' });
    const { incidents } = mergeEvents([end, other, open]);
    const ended = [
      { openedAt: instant('10:00'), resolvedAt: instant('11:00') },
    ];
    expect(incidents).toMatchObject([
      { service: 'component:default/cart', intervals: ended },
      { service: SERVICE, intervals: ended },
      { source: 'other', service: SERVICE, intervals: [{}] },
    ]);
  });

  it('lets later words replace earlier ones', () => {
    const [open] = incident('i', ['10:00'], { title: 'Slow', severity: 'low' });
    const [, end] = incident('i', ['10:00', '11:00'], { title: 'Down' });
    expect(mergeEvents([end, open]).incidents[0]).toMatchObject({
      title: 'Down',
      severity: 'low',
    });
  });

  it('ends an incident for a service by the word of another one', () => {
    const cart = 'component:default/cart';
    const [open] = incident('i', ['10:00'], { services: [cart] });
    const [, end] = incident('i', ['10:00', '11:00']);
    const events = [
      deployment('a', '09:00', { service: cart }),
      deployment('a', '09:00'),
      ...[open, end],
    ];
    for (const service of [cart, 'checkout', undefined]) {
      const { changeFailRate, failedDeploymentRecoveryTime } = answer(events, {
        service,
      });
      expect(changeFailRate.rate).toBe(1);
      expect(failedDeploymentRecoveryTime).toMatchObject({
        medianSeconds: 3600,
        ongoing: [],
      });
    }
  });
});
