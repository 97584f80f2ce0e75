import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  FIELD_MANAGER,
  type KubernetesObject,
  type KubernetesObjectRef,
} from '@waymark/plugin-platform-common';
import type {
  ApplyOptions,
  Cluster,
  ClusterCallOptions,
  KubernetesListRef,
} from './Cluster';
import { Discovery, type ServedKind } from './Discovery';
import {
  KubernetesHttp,
  type KubernetesEndpoint,
  type KubernetesRequest,
  type KubernetesResponse,
} from './KubernetesHttp';
import { collectionPath, describe, objectPath } from './paths';
import { ServiceAccountTokens } from './ServiceAccountTokens';
import { statusError } from './statusError';
import { refuseSystemNamespace } from './systemNamespaces';

/** What {@link HttpCluster} takes. @public */
export interface HttpClusterOptions {
  readonly endpoint: KubernetesEndpoint;
  /** Bearer token of the account to act with. */
  readonly token: string;
  readonly local?: boolean;
  /** Also writes to system namespaces: for setting a cluster up, never for the portal's own account. */
  readonly systemNamespaces?: boolean;
}

const PAGE_SIZE = '500';
/** A role binding made a moment ago takes some milliseconds to reach the authorizer. */
const ACCESS_RETRIES = 4;
const ACCESS_RETRY_MS = 250;

/** A {@link Cluster} by plain HTTPS. @public */
export class HttpCluster implements Cluster {
  readonly name: string;
  readonly local: boolean;
  readonly #token: string;
  readonly #systemNamespaces: boolean;
  readonly #http: KubernetesHttp;
  readonly #discovery: Discovery;
  readonly #tokens: ServiceAccountTokens;

  constructor(options: HttpClusterOptions) {
    this.name = options.endpoint.name;
    this.local = options.local ?? false;
    this.#token = options.token;
    this.#systemNamespaces = options.systemNamespaces ?? false;
    this.#http = new KubernetesHttp(options.endpoint);
    this.#discovery = new Discovery(this.#http, options.token);
    this.#tokens = new ServiceAccountTokens(this.#http, options.token);
  }

  async apply(
    objects: readonly KubernetesObject[],
    options: ApplyOptions = {},
  ): Promise<KubernetesObject[]> {
    // All are checked before the first is sent: a refusal leaves nothing half applied.
    const targets = [];
    for (const object of objects) {
      const served = await this.#served(object, options.signal);
      const ref = scope(object, served, options);
      this.#guard(ref, served);
      targets.push({ object, ref, served });
    }
    const stored: KubernetesObject[] = [];
    for (const { object, ref, served } of targets) {
      stored.push(await this.#applyOne(object, ref, served, options));
    }
    return stored;
  }

  async create(
    object: KubernetesObject,
    options: ClusterCallOptions = {},
  ): Promise<KubernetesObject> {
    const served = await this.#served(object, options.signal);
    const ref = scope(object, served, {});
    this.#guard(ref, served);
    const response = await this.#http.send({
      method: 'POST',
      path: collectionPath(ref, served),
      query: { fieldManager: FIELD_MANAGER },
      token: this.#token,
      body: object,
      signal: options.signal,
    });
    return this.#expect<KubernetesObject>(response, ref);
  }

  async get<T extends KubernetesObject = KubernetesObject>(
    ref: KubernetesObjectRef,
    options: ClusterCallOptions = {},
  ): Promise<T | undefined> {
    const served = await this.#discovery.find(
      ref.apiVersion,
      ref.kind,
      options.signal,
    );
    if (!served) {
      return undefined;
    }
    const response = await this.#http.send({
      method: 'GET',
      path: objectPath(ref, served),
      token: this.#token,
      signal: options.signal,
    });
    return response.status === 404 ? undefined : this.#expect<T>(response, ref);
  }

  async list<T extends KubernetesObject = KubernetesObject>(
    ref: KubernetesListRef,
    options: ClusterCallOptions = {},
  ): Promise<T[]> {
    const { apiVersion, kind } = ref;
    const served = await this.#served(ref, options.signal);
    const found: T[] = [];
    let next: string | undefined;
    do {
      const response = await this.#http.send({
        method: 'GET',
        path: collectionPath(ref, served),
        query: {
          labelSelector: ref.labelSelector,
          limit: PAGE_SIZE,
          continue: next,
        },
        token: this.#token,
        signal: options.signal,
      });
      const page = this.#expect<{
        items?: Omit<T, 'apiVersion' | 'kind'>[];
        metadata?: { continue?: string };
      }>(response, ref);
      // The items of a list do not say their kind.
      found.push(
        ...(page.items ?? []).map(
          item => ({ apiVersion, kind, ...item } as unknown as T),
        ),
      );
      next = page.metadata?.continue || undefined;
    } while (next);
    return found;
  }

  async delete(
    ref: KubernetesObjectRef,
    options: ClusterCallOptions = {},
  ): Promise<void> {
    const served = await this.#discovery.find(
      ref.apiVersion,
      ref.kind,
      options.signal,
    );
    if (!served) {
      return;
    }
    this.#guard(ref, served);
    const response = await this.#http.send({
      method: 'DELETE',
      path: objectPath(ref, served),
      query: { propagationPolicy: 'Background' },
      token: this.#token,
      signal: options.signal,
    });
    if (response.status !== 404) {
      this.#expect(response, ref);
    }
  }

  async serves(
    apiVersion: string,
    kind: string,
    options: ClusterCallOptions = {},
  ): Promise<boolean> {
    const served = await this.#discovery.find(apiVersion, kind, options.signal);
    return served !== undefined;
  }

  async version(
    options: ClusterCallOptions = {},
  ): Promise<{ gitVersion: string }> {
    const response = await this.#http.send({
      method: 'GET',
      path: '/version',
      token: this.#token,
      signal: options.signal,
    });
    return this.#expect(response, { kind: 'the version' });
  }

  async #applyOne(
    object: KubernetesObject,
    ref: KubernetesObjectRef,
    served: ServedKind,
    { as, dryRun, force, signal }: ApplyOptions,
  ): Promise<KubernetesObject> {
    const request: Omit<KubernetesRequest, 'token'> = {
      method: 'PATCH',
      path: objectPath(ref, served),
      query: {
        fieldManager: FIELD_MANAGER,
        force: force ? 'true' : undefined,
        dryRun: dryRun ? 'All' : undefined,
      },
      contentType: 'application/apply-patch+yaml',
      body: {
        ...object,
        metadata: { ...object.metadata, ...namespaceOf(ref) },
      },
      signal,
    };
    const response = as
      ? await this.#sendAs(as, request)
      : await this.#http.send({ ...request, token: this.#token });
    return this.#expect<KubernetesObject>(response, ref);
  }

  async #sendAs(
    as: NonNullable<ApplyOptions['as']>,
    request: Omit<KubernetesRequest, 'token'>,
  ): Promise<KubernetesResponse> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.#tokens.get(as, request.signal);
      const response = await this.#http.send({ ...request, token });
      const refused = response.status === 401 || isAccessRefusal(response);
      if (!refused || attempt === ACCESS_RETRIES) {
        return response;
      }
      if (response.status === 401) {
        this.#tokens.forget(as);
      }
      await sleep(ACCESS_RETRY_MS, undefined, { signal: request.signal });
    }
  }

  async #served(
    ref: { apiVersion: string; kind: string },
    signal?: AbortSignal,
  ): Promise<ServedKind> {
    const { apiVersion, kind } = ref;
    const served = await this.#discovery.find(apiVersion, kind, signal);
    if (!served) {
      throw new NotFoundError(
        `The cluster "${this.name}" does not serve ${kind} in ${apiVersion}. Use a version that it serves, or install what defines the kind.`,
      );
    }
    return served;
  }

  #guard(ref: KubernetesObjectRef, served: ServedKind): void {
    if (this.#systemNamespaces) {
      return;
    }
    if (served.namespaced) {
      refuseSystemNamespace(ref.namespace);
    } else if (ref.apiVersion === 'v1' && ref.kind === 'Namespace') {
      refuseSystemNamespace(ref.name);
    }
  }

  #expect<T>(
    response: KubernetesResponse,
    ref: { kind: string; name?: string; namespace?: string },
  ): T {
    if (response.status < 200 || response.status > 299) {
      throw statusError(this.name, describe(ref), response);
    }
    return response.body as T;
  }
}

/** Where an object goes; what a service's own account brings stays in its namespace. */
function scope(
  object: KubernetesObject,
  served: ServedKind,
  { as }: ApplyOptions,
): KubernetesObjectRef {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace = as?.namespace } = metadata;
  const ref = { apiVersion, kind, name, namespace };
  if (!name) {
    throw new InputError(`A ${kind} has no metadata.name.`);
  }
  if (as && !served.namespaced) {
    throw new NotAllowedError(
      `${describe(
        ref,
      )} is cluster-scoped: a service brings only what lives in its own namespace. Ask the platform team for it.`,
    );
  }
  if (as && namespace !== as.namespace) {
    throw new NotAllowedError(
      `${describe(ref)} is not in the service's own namespace "${
        as.namespace
      }". Leave metadata.namespace out.`,
    );
  }
  if (served.namespaced && !namespace) {
    throw new InputError(`The ${kind} "${name}" has no metadata.namespace.`);
  }
  return served.namespaced ? ref : { apiVersion, kind, name };
}

/** Some kinds want the namespace in the body too; an object that a service brings may leave it out. */
function namespaceOf({ namespace }: KubernetesObjectRef): {
  namespace?: string;
} {
  return namespace === undefined ? {} : { namespace };
}

function isAccessRefusal({ status, body }: KubernetesResponse): boolean {
  const { message = '' } = (body ?? {}) as { message?: string };
  return status === 403 && message.includes('cannot ');
}
