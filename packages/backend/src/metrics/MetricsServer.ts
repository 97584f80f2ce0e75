import {
  createServer,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import type { MetricsConfig } from './config';

/**
 * Serves metrics on an address of their own: what scrapes them has no account
 * in the portal.
 * @internal
 */
export class MetricsServer {
  /**
   * @param answer - writes the metrics
   * @throws the error of `listen`, such as EADDRINUSE
   */
  static async start(
    { host, port, path }: MetricsConfig,
    answer: RequestListener,
  ): Promise<MetricsServer> {
    const server = createServer((request, response) => {
      if (pathOf(request) !== path) refuse(response, 404);
      else if (!['GET', 'HEAD'].includes(request.method ?? '')) {
        refuse(response.setHeader('allow', 'GET, HEAD'), 405);
      } else answer(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    return new MetricsServer(server);
  }

  private constructor(private readonly server: Server) {}

  async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

function pathOf(request: IncomingMessage): string | undefined {
  return request.url?.split('?')[0];
}

function refuse(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}
