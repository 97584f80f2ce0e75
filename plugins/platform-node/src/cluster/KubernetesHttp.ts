import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { ServiceUnavailableError } from '@backstage/errors';

/** Where a Kubernetes API server is and how it proves itself. @public */
export interface KubernetesEndpoint {
  /** The cluster's name, for messages. */
  readonly name: string;
  readonly url: string;
  /** PEM certificates of the authority that signed the server's certificate; the system's, unless given. */
  readonly ca?: string;
  /** Accepts any server certificate. Never set by Waymark itself. */
  readonly skipTlsVerify?: boolean;
  /** What to add, in a sentence, where the server cannot be reached. */
  readonly whenUnreachable?: () => Promise<string>;
}

/** One request to the API server. @internal */
export interface KubernetesRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute path, each part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly token: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** What the API server answered; `body` is undefined where it was not JSON. @internal */
export interface KubernetesResponse {
  readonly status: number;
  readonly body: unknown;
}

const TIMEOUT_MS = 20_000;

/**
 * JSON over HTTPS to one API server, and nothing more: what is sent is what was written.
 *
 * Throws a ServiceUnavailableError where the server does not answer.
 * @internal
 */
export class KubernetesHttp {
  readonly #url: URL;
  readonly #agent: HttpAgent;

  constructor(readonly endpoint: KubernetesEndpoint) {
    this.#url = new URL(endpoint.url);
    this.#agent =
      this.#url.protocol === 'https:'
        ? new HttpsAgent({
            keepAlive: true,
            ca: endpoint.ca,
            rejectUnauthorized: !endpoint.skipTlsVerify,
          })
        : new HttpAgent({ keepAlive: true });
  }

  async send(request: KubernetesRequest): Promise<KubernetesResponse> {
    request.signal?.throwIfAborted();
    try {
      return await this.#exchange(request);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw await this.#unreachable(error as NodeJS.ErrnoException);
    }
  }

  #exchange(request: KubernetesRequest): Promise<KubernetesResponse> {
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const send = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        this.#address(request),
        {
          method: request.method,
          agent: this.#agent,
          signal: request.signal,
          timeout: TIMEOUT_MS,
          headers: headers(request, body),
        },
        incoming => readJson(incoming).then(resolve, reject),
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(
          new Error(`no answer within ${TIMEOUT_MS / 1000} seconds`),
        ),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  #address({ path, query = {} }: KubernetesRequest): URL {
    const address = new URL(this.#url);
    address.pathname = `${this.#url.pathname.replace(/\/+$/, '')}${path}`;
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        address.searchParams.set(key, value);
      }
    }
    return address;
  }

  async #unreachable(error: NodeJS.ErrnoException): Promise<Error> {
    const { name, whenUnreachable } = this.endpoint;
    const advice =
      (await whenUnreachable?.()) ??
      'Check that it runs and that its URL and certificate authority under kubernetes.clusterLocatorMethods are right, then try again.';
    return new ServiceUnavailableError(
      `The cluster "${name}" cannot be reached (${
        error.code ?? error.message
      }). ${advice}`,
    );
  }
}

function headers(
  request: KubernetesRequest,
  body: string | undefined,
): OutgoingHttpHeaders {
  return {
    accept: 'application/json',
    authorization: `Bearer ${request.token}`,
    ...(body !== undefined && {
      'content-type': request.contentType ?? 'application/json',
      'content-length': Buffer.byteLength(body),
    }),
  };
}

async function readJson(
  incoming: IncomingMessage,
): Promise<KubernetesResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: incoming.statusCode ?? 0, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
