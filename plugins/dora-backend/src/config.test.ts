import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readDoraConfig } from './config';

const read = (dora: JsonObject) => readDoraConfig(new ConfigReader({ dora }));

describe('readDoraConfig', () => {
  it('has a default for everything', () => {
    expect(readDoraConfig(new ConfigReader({}))).toEqual({
      productionEnvironments: ['production', 'prod'],
      failedAttemptsCount: true,
      attributionWindow: 72 * 3_600_000,
      retention: { events: { years: 3 }, rawBodies: { days: 30 } },
      sampleSource: undefined,
      webhooks: {},
    });
  });

  it('reads durations, environments in any case, and several secrets', () => {
    expect(
      read({
        productionEnvironments: ['Live'],
        attributionWindow: 'PT1H',
        retention: { events: false, rawBodies: '2 days' },
        webhooks: { github: { secret: 'a' }, gitlab: { secret: ['b', 'c'] } },
      }),
    ).toMatchObject({
      productionEnvironments: ['live'],
      attributionWindow: 3_600_000,
      retention: { events: undefined, rawBodies: { days: 2 } },
      webhooks: { github: ['a'], gitlab: ['b', 'c'] },
    });
  });

  it.each<[string, JsonObject]>([
    ['dora.productionEnvironments', { productionEnvironments: [] }],
    ['attributionWindow', { attributionWindow: 'soon' }],
    ['dora.retention.events', { retention: { events: { days: 0 } } }],
    ['dora.retention.events', { retention: { events: true } }],
    ['dora.webhooks.github.secret', { webhooks: { github: {} } }],
    ['dora.webhooks.github.secret', { webhooks: { github: { secret: [''] } } }],
  ])('names %s in its refusal', (key, dora) => {
    expect(() => read(dora)).toThrow(key);
  });
});
