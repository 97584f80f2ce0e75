import { join } from 'node:path';
import { SAMPLE_SOURCE } from '../sample/dora/source';
import { APP_DEVELOPMENT_PORT } from '../start/ports';
import type { LocalSecrets } from './secrets';

/**
 * What the overlay says.
 * @internal
 */
export interface OverlayOptions {
  home: string;
  port: number;
  metricsPort: number;
  /** A development server of its own serves the app. */
  watch: boolean;
  postgresPort: number;
  secrets: LocalSecrets;
  cluster: { kubernetes?: object; platformClusters?: object[] };
}

// Backstage counts it among the secrets and blots it out of every log line: a word that nothing else uses.
const GIT_ACCOUNT = 'waymark-portal-account';

/**
 * The configuration that makes a Backstage of this checkout the local portal.
 * @internal
 */
export function buildOverlay(options: OverlayOptions) {
  const { home, port, secrets } = options;
  const baseUrl = `http://localhost:${port}`;
  const appUrl = `http://localhost:${
    options.watch ? APP_DEVELOPMENT_PORT : port
  }`;
  return {
    app: { baseUrl: appUrl, listen: { host: '127.0.0.1' } },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      // There is no TLS on loopback to upgrade to, and some browsers try.
      csp: { 'upgrade-insecure-requests': false },
      ...(appUrl !== baseUrl && {
        cors: {
          origin: appUrl,
          methods: ['GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'DELETE'],
          credentials: true,
        },
      }),
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: secrets.serviceToken, subject: 'local-service' },
          },
        ],
      },
      database: {
        client: 'pg',
        connection: {
          host: '127.0.0.1',
          port: options.postgresPort,
          user: 'postgres',
          password: secrets.postgresPassword,
        },
      },
    },
    metrics: { prometheus: { host: '127.0.0.1', port: options.metricsPort } },
    auth: { providers: { local: {} } },
    integrations: {
      gitea: [
        {
          host: `localhost:${port}`,
          baseUrl: `${baseUrl}/api/git`,
          username: GIT_ACCOUNT,
          password: secrets.gitPassword,
        },
      ],
    },
    git: {
      directory: join(home, 'git'),
      serviceAccount: { username: GIT_ACCOUNT, password: secrets.gitPassword },
    },
    kubernetes: options.cluster.kubernetes,
    platform: {
      clusters: options.cluster.platformClusters,
      localCluster: { statusFile: join(home, 'cluster', 'status.json') },
      docs: { statusFile: join(home, 'docs-status.json') },
      localDelivery: { reportTo: 'dora' },
    },
    dora: {
      sampleSource: SAMPLE_SOURCE,
      tokenCommand: './portal token --service',
      // A service made with Create New Service has a development namespace first, and the local cluster serves
      // nobody outside this machine anyway: here, and only here, development counts as production does.
      productionEnvironments: ['production', 'prod', 'development'],
    },
    techdocs: {
      publisher: {
        type: 'local',
        local: { publishDirectory: join(home, 'techdocs') },
      },
    },
  };
}
