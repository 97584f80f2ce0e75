import { NotFoundError } from '@backstage/errors';
import {
  FIELD_MANAGER,
  type KubernetesObject,
  type KubernetesObjectRef,
} from '@waymark/plugin-platform-common';
import type {
  AccountCallOptions,
  ApplyOptions,
  Cluster,
  ClusterCallOptions,
  KubernetesListRef,
} from './Cluster';
import { assertList, assertObject, expectBody } from './assertAnswer';
import { Discovery, type ServedKind } from './Discovery';
import {
  KubernetesHttp,
  type KubernetesEndpoint,
  type KubernetesRequest,
  type KubernetesResponse,
} from './KubernetesHttp';
import { collectionPath, objectPath } from './paths';
import { inNamespace, scope } from './scope';
import { ServiceAccountTokens } from './ServiceAccountTokens';
import { refuseSystemObject } from './systemNamespaces';

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

/** A {@link Cluster} by plain HTTPS. @public */
export class HttpCluster implements Cluster {
  readonly name: string;
  readonly local: boolean;
  readonly #token: string;
  readonly #systemNamespaces: boolean;
  readonly #http: KubernetesHttp;
  readonly #discovery: Discovery;
  readonly #accounts: ServiceAccountTokens;

  constructor(options: HttpClusterOptions) {
    this.name = options.endpoint.name;
    this.local = options.local ?? false;
    this.#token = options.token;
    this.#systemNamespaces = options.systemNamespaces ?? false;
    this.#http = new KubernetesHttp(options.endpoint);
    this.#discovery = new Discovery(this.#http, options.token);
    this.#accounts = new ServiceAccountTokens(this.#http, options.token);
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
    return this.#expectObject(response, ref, served);
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
    return response.status === 404
      ? undefined
      : this.#expectObject<T>(response, ref, served);
  }

  async list<T extends KubernetesObject = KubernetesObject>(
    ref: KubernetesListRef,
    options: AccountCallOptions = {},
  ): Promise<T[]> {
    const { apiVersion, kind } = ref;
    const served = await this.#served(ref, options.signal);
    const found: T[] = [];
    let next: string | undefined;
    do {
      const response = await this.#send(options.as, {
        method: 'GET',
        path: collectionPath(ref, served),
        query: {
          labelSelector: ref.labelSelector,
          limit: PAGE_SIZE,
          continue: next,
        },
        signal: options.signal,
      });
      const page = this.#expect<{
        kind?: string;
        items?: { metadata?: unknown }[];
        metadata?: { continue?: string };
      }>(response, ref);
      assertList(page, ref, served);
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
    const response = await this.#send(as, {
      method: 'PATCH',
      path: objectPath(ref, served),
      query: {
        fieldManager: FIELD_MANAGER,
        force: force ? 'true' : undefined,
        dryRun: dryRun ? 'All' : undefined,
      },
      contentType: 'application/apply-patch+yaml',
      body: inNamespace(object, ref.namespace),
      signal,
    });
    return this.#expectObject(response, ref, served);
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
    if (!this.#systemNamespaces) {
      refuseSystemObject(ref, served);
    }
  }

  #send(
    as: AccountCallOptions['as'],
    request: Omit<KubernetesRequest, 'token'>,
  ): Promise<KubernetesResponse> {
    return as
      ? this.#accounts.send(as, request)
      : this.#http.send({ ...request, token: this.#token });
  }

  #expectObject<T extends KubernetesObject = KubernetesObject>(
    response: KubernetesResponse,
    ref: KubernetesObjectRef,
    served: ServedKind,
  ): T {
    const object = this.#expect<T>(response, ref);
    assertObject(object, ref, served);
    return object;
  }

  #expect<T>(
    response: KubernetesResponse,
    ref: { kind: string; name?: string; namespace?: string },
  ): T {
    return expectBody<T>(this.name, response, ref);
  }
}
