import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Where metrics are served.
 * @internal
 */
export interface MetricsConfig {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/**
 * Reads `metrics.prometheus`.
 * @returns undefined where metrics are not to be served
 * @throws InputError that names the key
 * @internal
 */
export function readMetricsConfig(config: Config): MetricsConfig | undefined {
  const prometheus = config.getOptionalConfig('metrics.prometheus');
  if (prometheus?.getOptionalBoolean('enabled') === false) return undefined;
  return {
    host: prometheus?.getOptionalString('host') ?? '127.0.0.1',
    port: readPort(prometheus?.getOptionalNumber('port') ?? 9464),
    path: readPath(prometheus?.getOptionalString('path') ?? '/metrics'),
  };
}

function readPort(port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new InputError(
    `metrics.prometheus.port is a number from 1 to 65535, and ${port} is not`,
  );
}

function readPath(path: string): string {
  if (/^\/[\w./-]*$/.test(path)) return path;
  throw new InputError(
    `metrics.prometheus.path begins with a slash, as /metrics does, and "${path}" is not such a path`,
  );
}
