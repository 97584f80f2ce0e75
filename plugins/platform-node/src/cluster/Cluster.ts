import type {
  Environment,
  KubernetesObject,
  KubernetesObjectRef,
} from '@waymark/plugin-platform-common';

/** What every call to a {@link Cluster} takes. @public */
export interface ClusterCallOptions {
  readonly signal?: AbortSignal;
}

/** A call with an account of a service's namespace. @public */
export interface AccountCallOptions extends ClusterCallOptions {
  /** Acts with a short-lived token of this ServiceAccount instead of the portal's own account. */
  readonly as?: { readonly serviceAccount: string; readonly namespace: string };
}

/** The options of {@link Cluster.apply}. @public */
export interface ApplyOptions extends AccountCallOptions {
  /** Validates and answers with what would be stored, and stores nothing. */
  readonly dryRun?: boolean;
  /** Takes over fields that another field manager holds. */
  readonly force?: boolean;
}

/** The address of all objects of one kind. @public */
export interface KubernetesListRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
}

/**
 * One Kubernetes cluster, reached with the portal's provisioner account.
 *
 * What is sent is what was written: no typed models stand in between.
 * @public
 */
export interface Cluster {
  readonly name: string;
  /** Whether it is local mode's own cluster, whose containers are not started. */
  readonly local: boolean;
  /** Server-side apply in the order given, field manager `waymark`; answers with the stored objects. */
  apply(
    objects: readonly KubernetesObject[],
    options?: ApplyOptions,
  ): Promise<KubernetesObject[]>;
  /** Creates one object; throws a ConflictError where it exists. */
  create(
    object: KubernetesObject,
    options?: ClusterCallOptions,
  ): Promise<KubernetesObject>;
  /** Answers undefined where the object or its kind does not exist. */
  get<T extends KubernetesObject = KubernetesObject>(
    ref: KubernetesObjectRef,
    options?: ClusterCallOptions,
  ): Promise<T | undefined>;
  list<T extends KubernetesObject = KubernetesObject>(
    ref: KubernetesListRef,
    options?: AccountCallOptions,
  ): Promise<T[]>;
  /** Deletes one object; an absent one is a success. */
  delete(ref: KubernetesObjectRef, options?: ClusterCallOptions): Promise<void>;
  /** Whether the API's discovery lists the kind. */
  serves(
    apiVersion: string,
    kind: string,
    options?: ClusterCallOptions,
  ): Promise<boolean>;
  version(options?: ClusterCallOptions): Promise<{ gitVersion: string }>;
}

/** The clusters that Waymark provisions in. @public */
export interface ClusterService {
  list(): Cluster[];
  /** Throws a ServiceUnavailableError with a sentence where no cluster serves the environment. */
  forEnvironment(environment: Environment): Cluster;
}
