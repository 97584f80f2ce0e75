import type {
  MetricsService,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import type { ServiceReading } from './types';

type Observe = (
  value: number | null | undefined,
  more?: Record<string, string>,
) => void;

interface Gauge {
  readonly name: string;
  readonly description: string;
  readonly report: (reading: ServiceReading, observe: Observe) => void;
}

/** No units: some exporters append them to the name, and the names are promised. */
const GAUGES: readonly Gauge[] = [
  {
    name: 'dora_deployments',
    description: 'Successful production deployments of the last 30 days',
    report: ({ deployments }, observe) => observe(deployments),
  },
  {
    name: 'dora_change_lead_time_seconds',
    description:
      'From the commit to the first live deployment, over the changes that went live in the last 30 days',
    report: ({ leadTimeSeconds }, observe) =>
      eachQuantile(leadTimeSeconds, observe),
  },
  {
    name: 'dora_change_fail_rate',
    description:
      'Failed deployments of the last 30 days in all finished ones, 0 to 1',
    report: ({ changeFailRate }, observe) => observe(changeFailRate),
  },
  {
    name: 'dora_recovery_time_seconds',
    description:
      'From impact to recovery, over the failed deployments that recovered in the last 30 days',
    report: ({ recoverySeconds }, observe) =>
      eachQuantile(recoverySeconds, observe),
  },
  {
    name: 'dora_rework_rate',
    description:
      'Unplanned remediations of the last 30 days in all successful deployments, 0 to 1',
    report: ({ reworkRate }, observe) => observe(reworkRate),
  },
];

function eachQuantile(
  quantiles: ServiceReading['leadTimeSeconds'],
  observe: Observe,
): void {
  for (const [quantile, value] of Object.entries(quantiles ?? {})) {
    observe(value, { quantile });
  }
}

/**
 * Offers the five metrics of every service to whatever collects this process's
 * metrics; a scrape reads what is there and computes nothing.
 * @internal
 */
export function registerGauges(
  metrics: MetricsService,
  current: () => readonly ServiceReading[],
): void {
  for (const { name, description, report } of GAUGES) {
    metrics.createObservableGauge(name, { description }).addCallback(result => {
      for (const reading of current()) {
        report(reading, observeAs(reading, result));
      }
    });
  }
}

function observeAs(
  reading: ServiceReading,
  result: MetricsServiceObservableResult,
): Observe {
  const { service, team, environment } = reading;
  return (value, more) => {
    if (value === null || value === undefined) return;
    result.observe(value, { service, team: team ?? '', environment, ...more });
  };
}
