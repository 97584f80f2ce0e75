import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  DeploymentStatus,
  DryRunResult,
  PlatformRequest,
} from '@waymark/plugin-platform-common';

const ERRORS: Record<number, new (message: string) => Error> = {
  400: InputError,
  403: NotAllowedError,
  404: NotFoundError,
  409: ConflictError,
};

/** For whom a call is made, and until when. @internal */
export interface CallContext {
  readonly credentials: BackstageCredentials;
  readonly signal?: AbortSignal;
}

/** The Platform API, called on behalf of the person who runs the template. @internal */
export class PlatformClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async dryRun(
    request: PlatformRequest,
    context: CallContext,
  ): Promise<DryRunResult> {
    return this.#call('POST', '/requests?dryRun=true', context, request);
  }

  /** Asks for the first delivery to a namespace; the platform would find it by itself a little later. */
  async deliver(namespace: string, context: CallContext): Promise<void> {
    await this.#call('POST', '/deliveries', context, { namespace });
  }

  async deployment(
    namespace: string,
    component: string,
    context: CallContext,
  ): Promise<DeploymentStatus> {
    const path = [namespace, component].map(encodeURIComponent).join('/');
    return this.#call('GET', `/deployments/${path}`, context);
  }

  async #call<T>(
    method: string,
    path: string,
    { credentials, signal }: CallContext,
    body?: unknown,
  ): Promise<T> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'platform',
    });
    const baseUrl = await this.#discovery.getBaseUrl('platform');
    let response: Response;
    try {
      response = await fetch(`${baseUrl}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      });
    } catch {
      signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        'The Platform API does not answer. Try again in a moment.',
      );
    }
    if (!response.ok) {
      throw await explain(response);
    }
    return (await response.json()) as T;
  }
}

async function explain(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => undefined)) as
    | { error?: { message?: string } }
    | undefined;
  const message =
    body?.error?.message ??
    `The Platform API answered ${response.status}. Try again in a moment.`;
  const ErrorType = ERRORS[response.status] ?? ServiceUnavailableError;
  return new ErrorType(message);
}
