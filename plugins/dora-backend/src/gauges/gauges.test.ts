import { mockServices } from '@backstage/backend-test-utils';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Readings } from './Readings';
import { registerGauges } from './registerGauges';
import type { ServiceReading } from './types';

const CHECKOUT: ServiceReading = {
  service: 'component:default/checkout',
  team: 'group:default/team-payments',
  environment: 'production',
  deployments: 3,
  leadTimeSeconds: { '0.5': 5400, '0.75': 9000, '0.9': 20000 },
  changeFailRate: 0,
  recoverySeconds: null,
  reworkRate: 1 / 3,
};
const IDLE: ServiceReading = {
  service: 'component:default/idle',
  environment: 'prod',
  deployments: 0,
  leadTimeSeconds: { '0.5': null },
  changeFailRate: null,
};

describe('registerGauges', () => {
  const series = (readings: readonly ServiceReading[]) => {
    const all: Record<string, number> = {};
    const metrics = {
      createObservableGauge: (name: string) => ({
        addCallback: (callback: (result: object) => void) =>
          callback({
            observe: (value: number, labels: object) => {
              all[`${name} ${Object.values(labels).join(' ')}`] = value;
            },
          }),
      }),
    };
    registerGauges(metrics as unknown as MetricsService, () => readings);
    return all;
  };

  it('reports the five metrics by service, team, environment and quantile', () => {
    const labels =
      'component:default/checkout group:default/team-payments production';
    expect(series([CHECKOUT])).toEqual({
      [`dora_deployments ${labels}`]: 3,
      [`dora_change_lead_time_seconds ${labels} 0.5`]: 5400,
      [`dora_change_lead_time_seconds ${labels} 0.75`]: 9000,
      [`dora_change_lead_time_seconds ${labels} 0.9`]: 20000,
      [`dora_change_fail_rate ${labels}`]: 0,
      [`dora_rework_rate ${labels}`]: 1 / 3,
    });
  });

  it('reports nothing where there is nothing to measure, never 0', () => {
    expect(series([IDLE])).toEqual({
      'dora_deployments component:default/idle  prod': 0,
    });
  });
});

describe('Readings', () => {
  const minute = 60_000;
  let now = Date.UTC(2026, 2, 31, 12);
  const measure = jest.fn(async () => [CHECKOUT]);
  const readings = new Readings({
    measure,
    now: () => now,
    maxAge: 10 * minute,
    logger: mockServices.logger.mock(),
  });

  it('has none before the first one', () => {
    expect(readings.current()).toEqual([]);
  });

  it('measures the last 30 days', async () => {
    await readings.refresh();

    expect(measure).toHaveBeenCalledWith({
      from: Date.UTC(2026, 2, 1, 12),
      to: Date.UTC(2026, 2, 31, 12),
    });
    expect(readings.current()).toEqual([CHECKOUT]);
  });

  it('keeps the last ones for a while where measuring fails, then drops them', async () => {
    measure.mockRejectedValue(new Error('the database is away'));
    now += 9 * minute;
    await expect(readings.refresh()).rejects.toThrow('the database is away');
    expect(readings.current()).toEqual([CHECKOUT]);

    now += 2 * minute;
    expect(readings.current()).toEqual([]);
  });
});
