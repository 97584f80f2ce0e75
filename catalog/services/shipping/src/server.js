import { createServer } from 'node:http';
import { options } from './rates.js';

createServer(async (request, response) => {
  if (request.url === '/healthz' || request.url === '/readyz') {
    response.writeHead(204).end();
    return;
  }
  if (request.method === 'POST' && request.url === '/v1/options') {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(options(JSON.parse(body))));
    return;
  }
  response.writeHead(404).end();
}).listen(process.env.PORT ?? 8080);
