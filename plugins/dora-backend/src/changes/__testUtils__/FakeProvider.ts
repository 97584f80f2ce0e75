import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { History } from './History';

/** An answer of a fake provider. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A request as a fake provider sees it. */
export interface FakeRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string | string[] | undefined>;
}

/** A real HTTP server that answers like a Git provider, with one repository `shop/checkout`. */
export class FakeProvider {
  /** Every request that came, as path and query. */
  readonly requests: string[] = [];
  readonly authorizations = new Set<string | undefined>();
  /** Answers that go before everything else, one each. */
  readonly next: FakeAnswer[] = [];
  /** Answers that go before the routes, as long as it returns one. */
  intercept?: (request: FakeRequest) => FakeAnswer | undefined;
  /** Go with every answer. */
  headers: Record<string, string> = {};
  /** Milliseconds before each answer. */
  delay = 0;
  inFlight = 0;
  mostInFlight = 0;
  readonly #server: Server;
  readonly #history: History;
  readonly #route: (request: FakeRequest, history: History) => FakeAnswer;

  constructor(
    history: History,
    route: (request: FakeRequest, history: History) => FakeAnswer,
  ) {
    this.#history = history;
    this.#route = route;
    this.#server = createServer(async (req, res) => {
      const url = new URL(req.url ?? '/', 'http://localhost');
      this.requests.push(url.pathname + url.search);
      this.authorizations.add(req.headers.authorization);
      this.inFlight += 1;
      this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
      await new Promise(resolve => setTimeout(resolve, this.delay));
      this.inFlight -= 1;
      const request = {
        path: url.pathname,
        query: url.searchParams,
        headers: req.headers,
      };
      const answer =
        this.next.shift() ??
        this.intercept?.(request) ??
        this.#route(request, this.#history);
      res.writeHead(answer.status ?? 200, {
        'content-type': 'application/json',
        ...this.headers,
        ...answer.headers,
      });
      res.end(
        typeof answer.body === 'string'
          ? answer.body
          : JSON.stringify(answer.body ?? {}),
      );
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
  }

  get host(): string {
    return `localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
