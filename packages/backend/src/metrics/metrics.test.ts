import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { collectMetrics } from './collectMetrics';
import { readMetricsConfig } from './config';
import { metricsPlugin } from './metricsPlugin';

const SERVICES = 3000;
const exporter = collectMetrics();

/** Measures as the DORA plugin does. */
const measuring = createBackendPlugin({
  pluginId: 'measuring',
  register({ registerInit }) {
    registerInit({
      deps: { metrics: metricsServiceRef },
      async init({ metrics }) {
        const gauge = metrics.createObservableGauge('dora_deployments');
        gauge.addCallback(result => {
          for (let i = 0; i < SERVICES; i++) {
            result.observe(i, { service: `component:default/s${i}` });
          }
        });
      },
    });
  },
});

describe('the metrics endpoint', () => {
  const logger = mockServices.logger.mock();
  let stop = async () => {};

  async function start(prometheus: object) {
    const backend = await startTestBackend({
      features: [
        metricsPlugin(exporter),
        measuring,
        mockServices.rootConfig.factory({ data: { metrics: { prometheus } } }),
        createServiceFactory({
          service: coreServices.logger,
          deps: {},
          factory: () => logger,
        }),
      ],
    });
    stop = () => backend.stop();
  }

  beforeEach(() => jest.clearAllMocks());
  afterEach(() => stop());

  it('serves every series, however many, under its own name and labels', async () => {
    const port = await freePort();
    await start({ port, path: '/scrape' });

    const response = await fetch(`http://127.0.0.1:${port}/scrape?x=1`);
    const lines = (await response.text()).split('\n');

    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(lines).toContain('# TYPE dora_deployments gauge');
    expect(lines).toContain(
      'dora_deployments{service="component:default/s2999"} 2999',
    );
    expect(lines.filter(line => line.startsWith('dora_'))).toHaveLength(
      SERVICES,
    );
  });

  it('answers nothing else', async () => {
    const port = await freePort();
    await start({ port });
    const url = `http://127.0.0.1:${port}`;

    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(
      405,
    );
  });

  it('lets the backend start where its port is taken, and says so once', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    const port = await listening(taken);

    await start({ port });

    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      `Metrics are not served: 127.0.0.1:${port} is taken by another program. Set metrics.prometheus.port to a free port, or metrics.prometheus.enabled to false`,
    );
    taken.close();
  });

  it('stays closed where it is disabled, and once the backend has ended', async () => {
    const port = await freePort();
    await start({ port, enabled: false });
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
    await stop();

    await start({ port });
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
    await stop();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });
});

describe('readMetricsConfig', () => {
  const read = (data: object) =>
    readMetricsConfig(new ConfigReader(data as never));

  it('serves on the loopback address unless told otherwise', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1',
      port: 9464,
      path: '/metrics',
    });
  });

  it.each([
    [{ port: 0 }, 'metrics.prometheus.port is a number from 1 to 65535'],
    [{ port: 65536 }, 'metrics.prometheus.port is a number from 1 to 65535'],
    [{ path: 'metrics' }, 'metrics.prometheus.path begins with a slash'],
  ])('names what is wrong in %j', (prometheus, message) => {
    expect(() => read({ metrics: { prometheus } })).toThrow(message);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  const port = await listening(server);
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function listening(
  server: ReturnType<typeof createServer>,
): Promise<number> {
  if (!server.listening) {
    await new Promise(resolve => server.once('listening', resolve));
  }
  return (server.address() as AddressInfo).port;
}
