import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ChangesDelayedError,
  ChangesUnavailableError,
} from '@waymark/plugin-dora-node';
import type { HostGates } from './HostGates';
import { allowanceReturnsAt, askedToWaitUntil } from './rateLimits';

/** Waits up to this long are made in place. */
const SHORT_WAIT_MS = 5_000;
const MAX_REDIRECTS = 3;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** A request to a Git provider. @internal */
export interface ProviderRequest {
  /** As people call it, for messages: `GitHub (github.com)`. */
  readonly name: string;
  /** The host whose limits count. */
  readonly host: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The key in app-config where credentials are mended, for messages. */
  readonly credentialsKey: string;
  /** Statuses that the caller reads itself. */
  readonly accept?: readonly number[];
  readonly signal: AbortSignal;
}

/** An answer of a Git provider. @internal */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** GET requests to Git providers that keep to their limits and to their hosts. @internal */
export class ProviderHttp {
  readonly #options: {
    readonly gates: HostGates;
    readonly timeout: number;
    readonly now: () => number;
  };

  constructor(options: {
    gates: HostGates;
    /** Milliseconds of one request. */
    timeout: number;
    now: () => number;
  }) {
    this.#options = options;
  }

  /**
   * @throws ChangesDelayedError where the host asks to wait for long
   * @throws ChangesUnavailableError where the host refuses the portal
   * @throws ServiceUnavailableError where the host fails or does not answer
   */
  async get(request: ProviderRequest): Promise<ProviderAnswer> {
    const { gates, now } = this.#options;
    for (;;) {
      await this.#wait(request);
      const answer = await this.#follow(request);
      const until = askedToWaitUntil(answer, now());
      if (until === undefined) {
        const returns = allowanceReturnsAt(answer.headers, now());
        if (returns !== undefined) gates.block(request.host, returns);
        return check(request, answer);
      }
      gates.block(request.host, until);
    }
  }

  /** Until the host may be asked again, as this or another comparison was told. */
  async #wait({ host, name, signal }: ProviderRequest): Promise<void> {
    const { gates, now } = this.#options;
    const until = gates.blockedUntil(host);
    if (until === undefined) return;
    if (until - now() > SHORT_WAIT_MS) {
      throw new ChangesDelayedError(
        `${name} asks to wait until ${new Date(
          until,
        ).toISOString()} before it answers again.`,
        until,
      );
    }
    await sleep(until - now(), undefined, { signal });
  }

  /** Redirects are followed at the same origin alone: a renamed repository, never another host. */
  async #follow(request: ProviderRequest): Promise<ProviderAnswer> {
    let url = request.url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const response = await this.#send(request, url);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location) {
        return {
          status: response.status,
          headers: response.headers,
          text: await readBody(request, response),
        };
      }
      await response.body?.cancel();
      url = new URL(location, url);
      if (url.origin !== request.url.origin) break;
    }
    throw new ChangesUnavailableError(
      `${request.name} sends elsewhere: update the address of the repository in the Component's annotations, then replay.`,
    );
  }

  async #send(request: ProviderRequest, url: URL): Promise<Response> {
    try {
      return await fetch(url, {
        headers: request.headers,
        redirect: 'manual',
        signal: AbortSignal.any([
          request.signal,
          AbortSignal.timeout(this.#options.timeout),
        ]),
      });
    } catch (error) {
      request.signal.throwIfAborted();
      throw notAnswering(request, error);
    }
  }
}

function check(
  request: ProviderRequest,
  answer: ProviderAnswer,
): ProviderAnswer {
  const { name, credentialsKey, accept = [] } = request;
  const { status } = answer;
  if ((status >= 200 && status < 300) || accept.includes(status)) {
    return answer;
  }
  if (status === 401) {
    throw new ChangesUnavailableError(
      `${name} does not accept the portal's credentials: set a valid token under ${credentialsKey} in app-config, then replay.`,
    );
  }
  if (status === 403) {
    throw new ChangesUnavailableError(
      `${name} does not let the portal read the repository: give the credentials under ${credentialsKey} in app-config read access to it, then replay.`,
    );
  }
  if (status >= 500 || status === 408 || status === 425) {
    throw new ServiceUnavailableError(`${name} answered with ${status}.`);
  }
  throw new ChangesUnavailableError(
    `${name} refused the comparison with ${status}: check the annotations of the Component and the revisions of the deployment, then replay.`,
  );
}

async function readBody(
  request: ProviderRequest,
  response: Response,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    request.signal.throwIfAborted();
    throw notAnswering(request, error);
  }
  if (bytes > MAX_BODY_BYTES) {
    throw new ChangesUnavailableError(
      `${request.name} answered with more than 64 MB: send the deployment's changes with its event.`,
    );
  }
  return Buffer.concat(chunks).toString('utf8');
}

function notAnswering({ name }: ProviderRequest, error: unknown) {
  const cause = (error as { cause?: { code?: string } }).cause?.code;
  const timeout = (error as Error).name === 'TimeoutError';
  return new ServiceUnavailableError(
    timeout
      ? `${name} did not answer in time.`
      : `${name} cannot be reached${cause ? ` (${cause})` : ''}.`,
  );
}
