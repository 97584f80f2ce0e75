import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  AccessToken,
  AccessTokens,
  Commit,
  Comparison,
  Diff,
  File,
  Folder,
  GitApi,
  Repository,
  RepositoryName,
  RepositorySummary,
} from './GitApi';

type Query = Readonly<Record<string, string | number | undefined>>;
type Options = { readonly signal?: AbortSignal };

/** Talks to the routes under `/api/git/v1`. @internal */
export class GitClient implements GitApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async listRepositories(
    { search, ...query }: Parameters<GitApi['listRepositories']>[0],
    options?: Options,
  ) {
    return this.#json<{
      items: RepositorySummary[];
      totalItems: number;
      owners: string[];
    }>('/repos', { ...query, q: search }, options);
  }

  async getRepository(name: RepositoryName, options?: Options) {
    return this.#json<Repository>(path(name), {}, options);
  }

  async getContents(
    name: RepositoryName,
    place: { ref?: string; path: string },
    options?: Options,
  ) {
    return this.#json<Folder | File>(path(name, 'contents'), place, options);
  }

  async getRaw(
    name: RepositoryName,
    place: { ref?: string; path: string },
    options?: Options,
  ) {
    const response = await this.#fetch(path(name, 'raw'), place, options);
    return response.blob();
  }

  async listCommits(
    name: RepositoryName,
    query: Parameters<GitApi['listCommits']>[1],
    options?: Options,
  ) {
    return this.#json<{ items: Commit[]; totalItems: number }>(
      path(name, 'commits'),
      query,
      options,
    );
  }

  async getCommit(name: RepositoryName, sha: string, options?: Options) {
    return this.#json<{ commit: Commit; diff: Diff }>(
      path(name, 'commits', sha),
      {},
      options,
    );
  }

  async compare(
    name: RepositoryName,
    revisions: { base: string; head: string },
    options?: Options,
  ) {
    return this.#json<Comparison>(path(name, 'compare'), revisions, options);
  }

  async listTokens(options?: Options) {
    return this.#json<AccessTokens>('/tokens', {}, options);
  }

  async createToken(token: { name: string; lifetime: number }) {
    return this.#json<AccessToken & { token: string }>(
      '/tokens',
      {},
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(token),
      },
    );
  }

  async revokeToken(id: string) {
    await this.#fetch(
      `/tokens/${encodeURIComponent(id)}`,
      {},
      { method: 'DELETE' },
    );
  }

  async #json<T>(route: string, query: Query, init?: RequestInit): Promise<T> {
    const response = await this.#fetch(route, query, init);
    return response.json();
  }

  async #fetch(
    route: string,
    query: Query,
    init?: RequestInit,
  ): Promise<Response> {
    const base = await this.#discoveryApi.getBaseUrl('git');
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') {
        search.set(key, String(value));
      }
    }
    const response = await this.#fetchApi.fetch(
      `${base}/v1${route}${search.size > 0 ? `?${search}` : ''}`,
      init,
    );
    if (!response.ok) {
      throw await readable(response);
    }
    return response;
  }
}

/** The sentence that the host answers with, without the address around it. */
async function readable(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  return Object.assign(new Error(error.cause.message), {
    name: error.cause.name,
  });
}

function path({ owner, name }: RepositoryName, ...rest: string[]): string {
  return ['', 'repos', owner, name, ...rest].map(encodeURIComponent).join('/');
}
