import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeFileAtomic } from '../writeFileAtomic';
import { buildOverlay } from './buildOverlay';
import { completeSecrets, readEarlierOverlay } from './secrets';

describe('the overlay', () => {
  const home = mkdtempSync(join(tmpdir(), 'waymark-overlay-'));
  const file = join(home, 'app-config.local.yaml');
  const secrets = completeSecrets({});
  const options = {
    home,
    port: 7201,
    metricsPort: 7202,
    watch: false,
    postgresPort: 5999,
    secrets,
    cluster: { kubernetes: {}, platformClusters: [] },
  };

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('listens on the loopback address only', () => {
    const overlay = buildOverlay(options);

    expect(overlay.backend.listen).toEqual({ host: '127.0.0.1', port: 7201 });
    expect(overlay.backend.database.connection.host).toBe('127.0.0.1');
    expect(overlay.metrics.prometheus).toEqual({
      host: '127.0.0.1',
      port: 7202,
    });
    expect(overlay.app.baseUrl).toBe(overlay.backend.baseUrl);
  });

  it('lets the development server of the app call the backend', () => {
    const overlay = buildOverlay({ ...options, watch: true });

    expect(overlay.app.baseUrl).toBe('http://localhost:3000');
    expect(overlay.backend.cors).toMatchObject({
      origin: 'http://localhost:3000',
    });
  });

  it('has local deliveries counted, and made-up events told apart', () => {
    const overlay = buildOverlay(options);

    expect(overlay.platform.localDelivery).toEqual({ reportTo: 'dora' });
    expect(overlay.dora.productionEnvironments).toContain('development');
    expect(overlay.dora.sampleSource).toBe('sample');
    expect(overlay.dora).not.toHaveProperty('webhooks');
  });

  it('keeps secrets and ports from start to start, readable by its owner alone', async () => {
    await writeFileAtomic(file, stringify(buildOverlay(options)));

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readEarlierOverlay(file)).toEqual({
      secrets,
      port: 7201,
      postgresPort: 5999,
    });
    expect(completeSecrets(readEarlierOverlay(file).secrets)).toEqual(secrets);
  });

  it.each(['', 'backend: [', 'just words', '- a list'])(
    'takes a broken file (%j) as none',
    content => {
      writeFileSync(file, content);

      expect(readEarlierOverlay(file).secrets).toEqual({});
    },
  );

  it('makes every secret anew on another machine', () => {
    expect(completeSecrets({}).serviceToken).not.toBe(secrets.serviceToken);
    expect(new Set(Object.values(secrets)).size).toBe(3);
  });
});
