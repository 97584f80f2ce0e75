import { createServer } from 'node:http';

/**
 * The service without its process: `listen` starts it, `shutDown` stops taking
 * requests, finishes the open ones and resolves when they are answered.
 */
export function createService({ name, version, log }) {
  let ready = false;
  const requests = new Map();

  const routes = {
    '/': () => json(200, { name, version }),
    '/healthz': () => json(200, { status: 'alive' }),
    '/readyz': () =>
      ready ? json(200, { status: 'ready' }) : json(503, { status: 'stopping' }),
    '/metrics': () => ({
      status: 200,
      type: 'text/plain; version=0.0.4',
      body: metrics(requests),
    }),
  };

  function answer(request) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return json(405, { error: 'Only GET is served here.' });
    }
    const path = request.url.split('?')[0];
    return Object.hasOwn(routes, path)
      ? routes[path]()
      : json(404, { error: 'There is nothing at this path.' });
  }

  const server = createServer((request, response) => {
    const started = performance.now();
    const { status, type, body } = answer(request);
    requests.set(status, (requests.get(status) ?? 0) + 1);
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    log('info', 'request', {
      method: request.method,
      path: request.url,
      status,
      milliseconds: Math.round(performance.now() - started),
    });
  });

  return {
    listen: port =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => {
          ready = true;
          resolve(server.address().port);
        });
      }),
    stopTakingTraffic: () => {
      ready = false;
    },
    shutDown: () =>
      new Promise((resolve, reject) => {
        ready = false;
        server.close(error => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}

function json(status, body) {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

function metrics(requests) {
  const lines = [...requests].map(
    ([status, count]) => `http_requests_total{status="${status}"} ${count}`,
  );
  return [
    '# HELP http_requests_total Requests answered, by status.',
    '# TYPE http_requests_total counter',
    ...lines,
    '',
  ].join('\n');
}
