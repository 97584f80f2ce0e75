import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** A gauge of every service, environment and quantile: OpenTelemetry would otherwise fold all beyond 2,000 into one. */
const MOST_SERIES_OF_ONE_GAUGE = 100_000;

/**
 * Has everything that is measured in this process collected. Instruments that
 * were made before measure nothing, so this comes before the backend is made.
 * @returns what answers a scrape
 * @internal
 */
export function collectMetrics(): PrometheusExporter {
  const exporter = new PrometheusExporter({
    preventServerStart: true, // its address stands in the configuration, which is read later
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  metrics.setGlobalMeterProvider(
    new MeterProvider({
      readers: [exporter],
      views: [
        {
          instrumentName: 'dora_*',
          aggregationCardinalityLimit: MOST_SERIES_OF_ONE_GAUGE,
        },
      ],
    }),
  );
  return exporter;
}
