import { createServer } from 'node:http';
import { productPage } from './pages/product.js';

const SAMPLE = {
  sku: 'TNT-2P-GRN',
  name: 'Two-person tent, green',
  price: { amount: 18900, currency: 'EUR' },
};

createServer((request, response) => {
  if (request.url === '/healthz' || request.url === '/readyz') {
    response.writeHead(204).end();
    return;
  }
  if (process.env.MAINTENANCE === 'true') {
    response.writeHead(503, { 'retry-after': '600' });
    response.end('The shop is being maintained and back soon.');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(productPage(SAMPLE));
}).listen(process.env.PORT ?? 8080);
