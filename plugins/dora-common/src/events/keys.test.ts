import fc from 'fast-check';
import { canonicalJson } from './canonical';
import { deploymentKey, eventContent, eventKey, incidentKey } from './keys';
import { parseInstant } from './instants';
import { normaliseServiceRef } from './refs';
import type { DeploymentEvent } from './types';

const event: DeploymentEvent = {
  kind: 'deployment',
  id: 'D',
  source: 'ci',
  service: 'component:default/a',
  environment: 'production',
  status: 'success',
  revision: 'r',
  finishedAt: '2026-03-02T10:00:00.000Z',
};

describe('eventKey', () => {
  it('is one for the same source, id, status and instant', () => {
    const { finishedAt, ...rest } = event;
    expect(eventKey({ ...event, url: 'https://x.example' })).toBe(
      eventKey(event),
    );
    expect(eventKey({ ...rest, occurredAt: '2026-03-02T11:00:00+01:00' })).toBe(
      eventKey(event),
    );
    const begun = { startedAt: '2026-03-02T09:00:00.000Z' };
    expect(eventKey({ ...event, ...begun })).toBe(eventKey(event));
    const later = { occurredAt: '2026-03-02T11:00:00.000Z' };
    expect(eventKey({ ...event, ...later })).toBe(eventKey(event));
    const others: DeploymentEvent[] = [
      { ...event, id: 'E' },
      { ...event, source: 'cd' },
      { ...event, status: 'failure' },
      { ...event, finishedAt: '2026-03-02T10:00:01.000Z' },
    ];
    expect(new Set([event, ...others].map(eventKey)).size).toBe(5);
  });
});

describe('eventContent', () => {
  it('tells other content of one key apart, but not the order of fields', () => {
    const { id, ...rest } = event;
    expect(eventContent({ ...rest, id, url: undefined })).toBe(
      eventContent(event),
    );
    expect(eventContent({ ...event, revision: 's' })).not.toBe(
      eventContent(event),
    );
  });
});

describe('canonicalJson', () => {
  it('reads back as what was written, in one order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(
      '{"b":[1,{"c":"x","d":null}]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('deploymentKey and incidentKey', () => {
  it('cannot be made one by what stands in a part', () => {
    const key = (source: string, id: string) =>
      deploymentKey({ ...event, source, id });
    expect(key('a","b', 'c')).not.toBe(key('a', 'b","c'));
    expect(incidentKey({ source: 'a', id: 'b', service: 'c' })).toBe(
      '["a","b","c"]',
    );
  });
});

describe('normaliseServiceRef', () => {
  it.each([
    ['checkout', 'component:default/checkout'],
    ['default/Checkout', 'component:default/checkout'],
    ['Component:Shop/check-out_2.x', 'component:shop/check-out_2.x'],
    ['component:a--b', 'component:default/a--b'],
    ['group:default/checkout', undefined],
    ['component:default/', undefined],
    ['/checkout', undefined],
    ['a/b/c', undefined],
    ['-checkout', undefined],
    ['checkout-', undefined],
    ['check out', undefined],
    ['checkout\n', undefined],
    ['x'.repeat(63), `component:default/${'x'.repeat(63)}`],
    ['x'.repeat(64), undefined],
    ['', undefined],
  ])('makes of %j %j', (given, expected) => {
    expect(normaliseServiceRef(given)).toBe(expected);
  });
});

describe('parseInstant', () => {
  it.each([
    ['2026-03-02T10:03:12Z', '2026-03-02T10:03:12.000Z'],
    ['2026-03-02T10:03Z', '2026-03-02T10:03:00.000Z'],
    ['2026-03-02T10:03:12.123456789+05:30', '2026-03-02T04:33:12.123Z'],
    ['2026-03-02T10:03:12-0800', '2026-03-02T18:03:12.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(expected);
  });

  it.each([
    ...['2026-02-29T00:00:00Z', '2100-02-29T00:00:00Z', '2026-04-31T00:00:00Z'],
    ...['2026-00-10T00:00:00Z', '2026-01-00T00:00:00Z', '2026-03-02T10:03:60Z'],
    ...['2026-03-02T10:03:12', '2026-03-02', '1772445792', '2026-03-02T10Z'],
    ...[
      '+02026-03-02T10:03:12Z',
      '2026-3-2T10:03:12Z',
      ' 2026-03-02T10:03:12Z',
    ],
  ])('refuses %s', text => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
