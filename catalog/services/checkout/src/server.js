import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Baskets } from './baskets.js';

const CURRENCIES = new Set(['EUR', 'GBP', 'SEK', 'USD']);

/** The HTTP API of checkout; see api/openapi.yaml. */
export function createApp({ baskets = new Baskets() } = {}) {
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://checkout');
    const route = `${request.method} ${pathname}`;

    if (route === 'GET /healthz' || route === 'GET /readyz') {
      return reply(response, 200, { status: 'ok' });
    }
    if (route === 'POST /v2/baskets') {
      const { currency } = await readJson(request);
      return CURRENCIES.has(currency)
        ? reply(response, 201, baskets.create(currency))
        : problem(response, 400, 'currency must be EUR, GBP, SEK or USD');
    }
    const basketId = /^GET \/v2\/baskets\/([^/]+)$/.exec(route)?.[1];
    if (basketId) {
      const basket = baskets.get(basketId);
      return basket
        ? reply(response, 200, basket)
        : problem(response, 404, 'There is no such basket');
    }
    return problem(response, 404, `Nothing answers ${route}`);
  });
}

async function readJson(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

function reply(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function problem(response, status, detail) {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ title: 'Checkout', status, detail }));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  createApp().listen(process.env.PORT ?? 8080);
}
