import { request as httpRequest } from 'node:http';
import type { startDora } from './startDora';

/** Sends bytes to `/deployments` as they are, whatever they are. */
export function postBytes(
  dora: Awaited<ReturnType<typeof startDora>>,
  body: Buffer,
  headers: Record<string, string>,
  { byByte = false } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = httpRequest(
      {
        host: '127.0.0.1',
        port: dora.server.port(),
        path: '/api/dora/v1/deployments',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: dora.serviceHeader,
          ...headers,
        },
      },
      res => {
        res.resume();
        res.on('end', () => resolve(res.statusCode!));
      },
    );
    req.on('error', reject);
    if (byByte) {
      for (const byte of body) req.write(Buffer.from([byte]));
      req.end();
    } else {
      req.end(body);
    }
  });
}
