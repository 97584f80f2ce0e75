import { ServiceUnavailableError } from '@backstage/errors';

const TIMEOUT_MS = 30_000;

/** @internal */
export interface CatalogLocation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

/** The calls to the running portal that the sample organisation needs. @internal */
export class PortalClient {
  readonly #baseUrl: string;
  readonly #serviceToken: string;
  readonly #git: { username: string; password: string };
  readonly #signal: AbortSignal;

  constructor(options: {
    baseUrl: string;
    serviceToken: string;
    git: { username: string; password: string };
    signal: AbortSignal;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#serviceToken = options.serviceToken;
    this.#git = options.git;
    this.#signal = options.signal;
  }

  /** The value of an Authorization header for the Git host. */
  get gitAuthorization(): string {
    const { username, password } = this.#git;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  repositoryUrl(team: string, name: string): string {
    return `${this.#baseUrl}/api/git/${team}/${name}`;
  }

  /** Makes the repository unless it exists. */
  async ensureRepository(
    team: string,
    name: string,
    description: string,
  ): Promise<void> {
    await this.#send(
      'POST',
      `/api/git/api/v1/orgs/${team}/repos`,
      { name, description, default_branch: 'main', private: true },
      { authorization: this.gitAuthorization, accept: [409] },
    );
  }

  /** Whether somebody pushed to the repository already. */
  async hasCommits(team: string, name: string): Promise<boolean> {
    const response = await this.#send(
      'GET',
      `/api/git/api/v1/repos/${team}/${name}/branches`,
      undefined,
      { authorization: this.gitAuthorization, accept: [409] },
    );
    const branches: unknown = response.ok ? await response.json() : [];
    return Array.isArray(branches) && branches.length > 0;
  }

  /** The newest revision of the main branch; undefined where there is none. */
  async head(team: string, name: string): Promise<string | undefined> {
    const response = await this.#send(
      'GET',
      `/api/git/api/v1/repos/${team}/${name}/branches/main`,
      undefined,
      { authorization: this.gitAuthorization, accept: [404] },
    );
    if (!response.ok) {
      return undefined;
    }
    const { commit } = (await response.json()) as { commit: { id: string } };
    return commit.id;
  }

  /** Whether the catalog knows the service. */
  async hasComponent(name: string): Promise<boolean> {
    const response = await this.#send(
      'GET',
      `/api/catalog/entities/by-name/component/default/${name}`,
      undefined,
      { authorization: `Bearer ${this.#serviceToken}`, accept: [404] },
    );
    return response.ok;
  }

  /**
   * Sends events to the DORA plugin.
   * @throws ServiceUnavailableError also where it does not take all of them
   */
  async sendEvents(
    kind: 'deployments' | 'incidents',
    events: readonly object[],
  ): Promise<void> {
    const response = await this.#send('POST', `/api/dora/v1/${kind}`, events, {
      authorization: `Bearer ${this.#serviceToken}`,
      accept: [],
    });
    const { rejected } = (await response.json()) as { rejected: unknown[] };
    if (rejected.length > 0) {
      const first = JSON.stringify(rejected[0]).slice(0, 200);
      throw new ServiceUnavailableError(
        `${rejected.length} ${kind} were not taken, such as ${first}`,
      );
    }
  }

  /** Registers a location in the catalog unless it is there. */
  async ensureLocation(target: string): Promise<void> {
    await this.#send(
      'POST',
      '/api/catalog/locations',
      { type: 'url', target },
      { authorization: `Bearer ${this.#serviceToken}`, accept: [409] },
    );
  }

  /** The locations that were registered by hand, by a template or by us. */
  async locations(): Promise<CatalogLocation[]> {
    const response = await this.#catalog('GET', '/api/catalog/locations');
    const answer = (await response.json()) as { data: CatalogLocation }[];
    return answer.map(({ data }) => data);
  }

  async moveLocation(id: string, target: string): Promise<void> {
    await this.#catalog('PUT', `/api/catalog/locations/${id}`, {
      type: 'url',
      target,
    });
  }

  async #catalog(method: string, path: string, body?: unknown) {
    return await this.#send(method, path, body, {
      authorization: `Bearer ${this.#serviceToken}`,
      accept: [],
    });
  }

  async #send(
    method: string,
    path: string,
    body: unknown,
    options: { authorization: string; accept: readonly number[] },
  ): Promise<Response> {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: options.authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok && !options.accept.includes(response.status)) {
      const text = (await response.text()).slice(0, 300);
      throw new ServiceUnavailableError(
        `${method} ${path} answered ${response.status}: ${text}`,
      );
    }
    return response;
  }
}
