import type { KubernetesHttp } from './KubernetesHttp';
import { groupVersionPath } from './paths';
import { statusError } from './statusError';

/** What discovery says about one kind. @internal */
export interface ServedKind {
  /** The name in paths, as in `networkpolicies`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

type Kinds = ReadonlyMap<string, ServedKind>;

const FRESH_MS = 5 * 60_000;
/** A kind that is missing may just have been defined; asking again at every call would flood the server. */
const MISS_FRESH_MS = 5_000;

/** The kinds that an API server serves, asked once per group and version and remembered. @internal */
export class Discovery {
  readonly #http: KubernetesHttp;
  readonly #token: string;
  readonly #known = new Map<string, { at: number; kinds: Kinds }>();

  constructor(http: KubernetesHttp, token: string) {
    this.#http = http;
    this.#token = token;
  }

  async find(
    apiVersion: string,
    kind: string,
    signal?: AbortSignal,
  ): Promise<ServedKind | undefined> {
    const known = this.#known.get(apiVersion);
    const age = known ? Date.now() - known.at : Infinity;
    if (known && age < (known.kinds.has(kind) ? FRESH_MS : MISS_FRESH_MS)) {
      return known.kinds.get(kind);
    }
    const kinds = await this.#ask(apiVersion, signal);
    this.#known.set(apiVersion, { at: Date.now(), kinds });
    return kinds.get(kind);
  }

  async #ask(apiVersion: string, signal?: AbortSignal): Promise<Kinds> {
    const response = await this.#http.send({
      method: 'GET',
      path: groupVersionPath(apiVersion),
      token: this.#token,
      signal,
    });
    if (response.status === 404) {
      return new Map();
    }
    if (response.status !== 200) {
      throw statusError(
        this.#http.endpoint.name,
        `the list of kinds in ${apiVersion}`,
        response,
      );
    }
    const { resources = [] } = response.body as {
      resources?: { name: string; kind: string; namespaced: boolean }[];
    };
    return new Map(
      resources
        .filter(resource => !resource.name.includes('/'))
        .map(({ kind, name, namespaced }) => [
          kind,
          { plural: name, namespaced },
        ]),
    );
  }
}
