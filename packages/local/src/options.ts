import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  cacheDirectory,
  dataDirectory,
  repositoryRoot,
} from '../bootstrap/paths';

/**
 * Where this portal lives and what it is asked to do.
 * @internal
 */
export interface LocalOptions {
  root: string;
  home: string;
  cacheDirectory: string;
  logDirectory: string;
  overlayFile: string;
  port: number;
  metricsPort: number;
  positionals: string[];
  service: boolean;
}

const DEFAULT_PORT = 7007;
/** What OpenTelemetry's exporter for Prometheus is registered with. */
const DEFAULT_METRICS_PORT = 9464;

/**
 * Reads the command line and the environment.
 * @throws Error that says which option is wrong
 * @internal
 */
export function readOptions(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): LocalOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      'metrics-port': { type: 'string' },
      service: { type: 'boolean' },
    },
  });
  const home = resolve(dataDirectory(env));
  return {
    root: repositoryRoot,
    home,
    cacheDirectory: cacheDirectory(env),
    logDirectory: join(home, 'logs'),
    overlayFile: join(home, 'app-config.local.yaml'),
    port: readPort(values.port ?? env.WAYMARK_PORT, DEFAULT_PORT),
    metricsPort: readPort(
      values['metrics-port'] ?? env.WAYMARK_METRICS_PORT,
      DEFAULT_METRICS_PORT,
    ),
    positionals,
    service: values.service ?? false,
  };
}

function readPort(text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65535) return port;
  throw new Error(
    `The port is a number from 1024 to 65535, and "${text}" is not.`,
  );
}
