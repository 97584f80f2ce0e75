import {
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** How long one call may take. */
const TIMEOUT_MS = 30_000;

type CallOptions = {
  readonly signal?: AbortSignal;
  /** Statuses besides 2xx that are answers, not errors. */
  readonly accept?: readonly number[];
};

/** The few calls of Gitea's API that the platform makes. @internal */
export class GiteaClient {
  readonly #baseUrl: string;
  readonly #headers: () => Record<string, string>;

  constructor(baseUrl: string, headers: () => Record<string, string>) {
    this.#baseUrl = baseUrl;
    this.#headers = headers;
  }

  /** Answers undefined where there is nothing; an empty repository has nothing either (409). */
  async get<T>(
    path: string,
    options: CallOptions = {},
  ): Promise<T | undefined> {
    const response = await this.#call('GET', path, undefined, {
      ...options,
      accept: [404, 409],
    });
    return response.ok ? ((await response.json()) as T) : undefined;
  }

  async send(
    method: 'POST',
    path: string,
    body: unknown,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#call(method, path, body, options);
  }

  async #call(
    method: string,
    path: string,
    body: unknown,
    options: CallOptions,
  ): Promise<Response> {
    const { host } = new URL(this.#baseUrl);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    try {
      response = await fetch(`${this.#baseUrl}/api/v1${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...this.#headers(),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: options.signal
          ? AbortSignal.any([options.signal, timeout])
          : timeout,
      });
    } catch {
      options.signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `The Git host ${host} does not answer. Try again when it is up.`,
      );
    }
    if (response.ok || options.accept?.includes(response.status)) {
      return response;
    }
    throw await explain(response, host);
  }
}

async function explain(response: Response, host: string): Promise<Error> {
  if (response.status === 401 || response.status === 403) {
    return new ServiceUnavailableError(
      `The Git host ${host} refused the portal's account: the platform team has to check the credentials under "integrations.gitea".`,
    );
  }
  if (response.status === 404) {
    return new NotFoundError(
      `The Git host ${host} does not know this owner or repository.`,
    );
  }
  if (response.status >= 500) {
    return new ServiceUnavailableError(
      `The Git host ${host} answered ${response.status}. Try again when it is up.`,
    );
  }
  return ResponseError.fromResponse(
    response as Parameters<typeof ResponseError.fromResponse>[0],
  );
}
