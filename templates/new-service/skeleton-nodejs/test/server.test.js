import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createService } from '../src/server.js';

describe('the service', () => {
  const lines = [];
  const service = createService({
    name: 'example',
    version: '1.2.3',
    log: (level, message, fields) => lines.push({ level, message, ...fields }),
  });
  let url;

  before(async () => {
    url = `http://127.0.0.1:${await service.listen(0)}`;
  });
  after(() => service.shutDown());

  it('says its name and version', async () => {
    const response = await fetch(url);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { name: 'example', version: '1.2.3' });
  });

  it('is alive and ready', async () => {
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
  });

  it('answers 404 for what it does not serve', async () => {
    assert.equal((await fetch(`${url}/toString`)).status, 404);
  });

  it('answers 405 to anything but GET', async () => {
    assert.equal((await fetch(url, { method: 'POST' })).status, 405);
  });

  it('counts requests by status', async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    assert.match(text, /^http_requests_total\{status="200"\} \d+$/m);
  });

  it('logs each request once', async () => {
    lines.length = 0;
    await fetch(`${url}/healthz?probe=1`);
    assert.equal(lines.length, 1);
    assert.equal(lines[0].status, 200);
  });

  it('is not ready while it stops, and still alive', async () => {
    service.stopTakingTraffic();
    assert.equal((await fetch(`${url}/readyz`)).status, 503);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
  });
});
