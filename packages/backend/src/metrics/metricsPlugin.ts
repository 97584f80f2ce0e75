import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MetricsConfig, readMetricsConfig } from './config';
import { MetricsServer } from './MetricsServer';

/**
 * Serves what is collected to Prometheus, as `metrics.prometheus` says.
 * @internal
 */
export function metricsPlugin(exporter: PrometheusExporter): BackendFeature {
  return createBackendPlugin({
    pluginId: 'metrics',
    register({ registerInit }) {
      registerInit({
        deps: {
          config: coreServices.rootConfig,
          lifecycle: coreServices.rootLifecycle,
          logger: coreServices.logger,
        },
        async init({ config, lifecycle, logger }) {
          const address = readMetricsConfig(config);
          if (!address) return;
          const server = await serve(address, exporter, logger);
          lifecycle.addShutdownHook(() => server?.stop());
        },
      });
    },
  });
}

// Somebody else's port is no reason for a portal not to start.
async function serve(
  address: MetricsConfig,
  exporter: PrometheusExporter,
  logger: LoggerService,
): Promise<MetricsServer | undefined> {
  const where = `${address.host}:${address.port}`;
  try {
    const server = await MetricsServer.start(address, (request, response) =>
      exporter.getMetricsRequestHandler(request, response),
    );
    logger.info(`Metrics are served on http://${where}${address.path}`);
    return server;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EADDRINUSE' ? `${where} is taken by another program` : message;
    logger.warn(
      `Metrics are not served: ${reason}. Set metrics.prometheus.port to a free port, or metrics.prometheus.enabled to false`,
    );
    return undefined;
  }
}
