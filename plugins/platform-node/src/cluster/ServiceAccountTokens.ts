import type { KubernetesHttp } from './KubernetesHttp';
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

/** Short-lived tokens of ServiceAccounts by the TokenRequest API, kept in memory until shortly before they expire. @internal */
export class ServiceAccountTokens {
  readonly #http: KubernetesHttp;
  readonly #token: string;
  readonly #issued = new Map<string, { token: string; until: number }>();

  constructor(http: KubernetesHttp, token: string) {
    this.#http = http;
    this.#token = token;
  }

  async get(account: ServiceAccountRef, signal?: AbortSignal): Promise<string> {
    const key = `${account.namespace}/${account.serviceAccount}`;
    const issued = this.#issued.get(key);
    if (issued && issued.until > Date.now()) {
      return issued.token;
    }
    const { token, expirationTimestamp } = await this.#request(account, signal);
    this.#issued.set(key, {
      token,
      until: Date.parse(expirationTimestamp) - MARGIN_MS,
    });
    return token;
  }

  /** A token stops working at once when its account is deleted and made again. */
  forget(account: ServiceAccountRef): void {
    this.#issued.delete(`${account.namespace}/${account.serviceAccount}`);
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
