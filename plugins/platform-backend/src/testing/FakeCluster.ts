import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  KubernetesObject,
  KubernetesObjectRef,
} from '@waymark/plugin-platform-common';
import type {
  ApplyOptions,
  Cluster,
  ClusterService,
  KubernetesListRef,
} from '@waymark/plugin-platform-node';

/** A cluster in memory, whose Deployments are rolled out at once unless `stuck`. @internal */
export class FakeCluster implements Cluster, ClusterService {
  readonly name = 'fake';
  readonly local = true;
  readonly objects = new Map<string, KubernetesObject>();
  readonly applied: { object: KubernetesObject; as?: ApplyOptions['as'] }[] =
    [];
  down = false;
  stuck?: string;
  #uid = 0;

  list(): Cluster[];
  list<T extends KubernetesObject>(ref: KubernetesListRef): Promise<T[]>;
  list<T extends KubernetesObject>(
    ref?: KubernetesListRef,
  ): Cluster[] | Promise<T[]> {
    return ref ? this.#list<T>(ref) : [this];
  }

  forEnvironment(): Cluster {
    return this;
  }

  async apply(
    objects: readonly KubernetesObject[],
    { dryRun, as }: ApplyOptions = {},
  ): Promise<KubernetesObject[]> {
    this.#check();
    return objects.map(object => {
      if (as && object.kind.startsWith('Cluster')) {
        throw new NotAllowedError(
          `${object.kind} "${object.metadata.name}" is cluster-scoped.`,
        );
      }
      const stored = this.#store(object, dryRun ?? false);
      if (!dryRun) {
        this.applied.push({ object, as });
      }
      return stored;
    });
  }

  async create(object: KubernetesObject): Promise<KubernetesObject> {
    this.#check();
    if (this.objects.has(keyOf(refOf(object)))) {
      throw new ConflictError('It exists.');
    }
    return this.#store(object, false);
  }

  async get<T extends KubernetesObject>(
    ref: KubernetesObjectRef,
  ): Promise<T | undefined> {
    this.#check();
    return this.objects.get(keyOf(ref)) as T | undefined;
  }

  async delete(ref: KubernetesObjectRef): Promise<void> {
    this.objects.delete(keyOf(ref));
  }

  async serves(): Promise<boolean> {
    return true;
  }

  async version(): Promise<{ gitVersion: string }> {
    this.#check();
    return { gitVersion: 'v1.33.0' };
  }

  async #list<T extends KubernetesObject>(ref: KubernetesListRef) {
    this.#check();
    const wanted = (ref.labelSelector ?? '').split(',').filter(Boolean);
    return [...this.objects.values()].filter(
      ({ kind, metadata }) =>
        kind === ref.kind &&
        (!ref.namespace || metadata.namespace === ref.namespace) &&
        wanted.every(each => {
          const [label, value] = each.split('=');
          const actual = metadata.labels?.[label];
          return value === undefined ? actual !== undefined : actual === value;
        }),
    ) as T[];
  }

  #store(object: KubernetesObject, dryRun: boolean): KubernetesObject {
    const key = keyOf(refOf(object));
    const before = this.objects.get(key);
    this.#uid += before || dryRun ? 0 : 1;
    const up = this.stuck ? 0 : 1;
    const stored = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: before?.metadata.uid ?? `uid-${this.#uid}`,
        generation: 1,
      },
      ...(object.kind === 'Deployment' && {
        status: {
          observedGeneration: 1,
          replicas: up,
          updatedReplicas: up,
          availableReplicas: up,
          conditions: this.stuck
            ? [{ type: 'ReplicaFailure', status: 'True', message: this.stuck }]
            : [],
        },
      }),
    };
    if (!dryRun) {
      this.objects.set(key, stored);
    }
    return stored;
  }

  #check(): void {
    if (this.down) {
      throw new ServiceUnavailableError('The cluster "fake" is down.');
    }
  }
}

function refOf({ apiVersion, kind, metadata }: KubernetesObject) {
  return { apiVersion, kind, ...metadata };
}

function keyOf(ref: KubernetesObjectRef): string {
  return [ref.kind, ref.namespace ?? '', ref.name].join('/');
}
