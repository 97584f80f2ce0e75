import { setTimeout as sleep } from 'node:timers/promises';
import type {
  KubernetesHttp,
  KubernetesRequest,
  KubernetesResponse,
} from './KubernetesHttp';
import { segment } from './paths';
import { statusError } from './statusError';

/** A ServiceAccount and the namespace it lives in. @internal */
export interface ServiceAccountRef {
  readonly serviceAccount: string;
  readonly namespace: string;
}

/** The shortest life that the TokenRequest API accepts. */
const LIFETIME_SECONDS = 600;
const MARGIN_MS = 60_000;
/** A role binding made a moment ago takes some milliseconds to reach the authorizer. */
const ATTEMPTS = 4;
const RETRY_MS = 250;

/** Short-lived tokens of ServiceAccounts by the TokenRequest API, kept in memory until shortly before they expire. @internal */
export class ServiceAccountTokens {
  readonly #http: KubernetesHttp;
  readonly #token: string;
  readonly #issued = new Map<string, { token: string; until: number }>();

  constructor(http: KubernetesHttp, token: string) {
    this.#http = http;
    this.#token = token;
  }

  /** Sends a request as a ServiceAccount. */
  async send(
    account: ServiceAccountRef,
    request: Omit<KubernetesRequest, 'token'>,
  ): Promise<KubernetesResponse> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.get(account, request.signal);
      const response = await this.#http.send({ ...request, token });
      const refused = response.status === 401 || isAccessRefusal(response);
      if (!refused || attempt === ATTEMPTS) {
        return response;
      }
      if (response.status === 401) {
        // A token stops working at once when its account is deleted and made again.
        this.#issued.delete(key(account));
      }
      await sleep(RETRY_MS, undefined, { signal: request.signal });
    }
  }

  /** A token of a ServiceAccount that is good for another minute at least. */
  async get(account: ServiceAccountRef, signal?: AbortSignal): Promise<string> {
    const issued = this.#issued.get(key(account));
    if (issued && issued.until > Date.now()) {
      return issued.token;
    }
    const { token, expirationTimestamp } = await this.#request(account, signal);
    this.#issued.set(key(account), {
      token,
      until: Date.parse(expirationTimestamp) - MARGIN_MS,
    });
    return token;
  }

  async #request(
    { serviceAccount, namespace }: ServiceAccountRef,
    signal?: AbortSignal,
  ): Promise<{ token: string; expirationTimestamp: string }> {
    const response = await this.#http.send({
      method: 'POST',
      path: `/api/v1/namespaces/${segment(namespace)}/serviceaccounts/${segment(
        serviceAccount,
      )}/token`,
      token: this.#token,
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: LIFETIME_SECONDS },
      },
      signal,
    });
    if (response.status !== 201) {
      throw statusError(
        this.#http.endpoint.name,
        `a token of the ServiceAccount "${serviceAccount}" in namespace "${namespace}"`,
        response,
      );
    }
    return (
      response.body as {
        status: { token: string; expirationTimestamp: string };
      }
    ).status;
  }
}

function key({ namespace, serviceAccount }: ServiceAccountRef): string {
  return `${namespace}/${serviceAccount}`;
}

function isAccessRefusal({ status, body }: KubernetesResponse): boolean {
  const { message = '' } = (body ?? {}) as { message?: string };
  return status === 403 && message.includes('cannot ');
}
