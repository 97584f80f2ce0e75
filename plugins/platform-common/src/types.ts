import type { Environment } from './environments';
import type { SizeName, SizeTable } from './sizes';
import type { RuleId } from './rules/ids';

/**
 * A Kubernetes object in its wire form.
 *
 * Plain data on purpose: typed clients rename fields such as `from`, and an
 * object sent without them means something else.
 * @public
 */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubernetesObjectMeta;
  readonly [field: string]: unknown;
}

/** The metadata of a {@link KubernetesObject}, in its wire form. @public */
export interface KubernetesObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The address of one Kubernetes object. @public */
export interface KubernetesObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What can be requested so far. @public */
export type RequestKind = 'Namespace' | 'Repository';

/** A request for a resource, the body of `POST /api/platform/v1/requests`. @public */
export interface PlatformRequest {
  readonly kind: RequestKind;
  /** The name of the namespace or repository. */
  readonly name: string;
  /** The owning group: an entity reference, or the name of a group. */
  readonly owner: string;
  /** Defaults to `development`; means nothing to a repository. */
  readonly environment?: Environment;
  /** The component that the resource serves: the name of a catalog entity. */
  readonly component?: string;
  readonly spec?: PlatformRequestSpec;
  /** Names one intent; also stands on the objects as the `request` label. */
  readonly idempotencyKey?: string;
}

/** The kind-specific part of a {@link PlatformRequest}. @public */
export interface PlatformRequestSpec {
  /** Namespace: the name of a size; defaults to `small`. */
  readonly size?: string;
  /** Repository: one sentence. */
  readonly description?: string;
}

/** What one guardrail says about a request. @public */
export interface Verdict {
  readonly rule: RuleId;
  readonly allowed: boolean;
  /** A sentence for people; a refusal says what would be allowed. */
  readonly message: string;
}

/** What a request costs, as far as that is known. @public */
export interface CostEstimate {
  /** USD per month; absent while no price is known, which is not the same as free. */
  readonly monthlyUsd?: number;
  readonly lines: readonly CostLine[];
  /** Says why there is no amount, or how the amount was estimated. */
  readonly note?: string;
}

/** One line of a {@link CostEstimate}. @public */
export interface CostLine {
  readonly description: string;
  /** USD per month. */
  readonly monthlyUsd: number;
}

/** What a request would do to one object. @public */
export interface ObjectChange {
  readonly operation: 'create' | 'update' | 'unchanged';
  readonly object: KubernetesObjectRef;
  readonly fields: readonly FieldChange[];
}

/** One changed field; `path` as in `spec.hard.pods`. @public */
export interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The answer of `POST /requests?dryRun=true`. @public */
export interface DryRunResult {
  readonly verdicts: readonly Verdict[];
  readonly cost: CostEstimate;
  /** The manifests as they would be applied; empty where nothing is applied to a cluster. */
  readonly objects: readonly KubernetesObject[];
  readonly changes: readonly ObjectChange[];
  /** What could not be checked, and why. */
  readonly notes: readonly string[];
  /** Whether the resource exists already and belongs to this owner. */
  readonly existing: boolean;
}

/** The answer of `GET /offerings`. @public */
export interface Offerings {
  /** The caller's groups, entity references. */
  readonly teams: readonly string[];
  readonly kinds: readonly KindOffering[];
  readonly environments: readonly Environment[];
  readonly sizes: SizeTable;
  readonly names: NameOfferings;
  /** What is not offered yet is an empty list. */
  readonly engines: readonly string[];
  readonly versions: readonly string[];
  readonly regions: readonly string[];
  readonly cost: CostEstimate;
}

/** What the caller's teams may ask for, kind by kind. @public */
export interface KindOffering {
  readonly kind: RequestKind;
  readonly title: string;
  readonly allowed: readonly AllowedSizes[];
}

/** The sizes that one team may ask for in one environment. @public */
export interface AllowedSizes {
  readonly team: string;
  readonly environment: Environment;
  readonly sizes: readonly SizeName[];
}

/** The rules for names, for forms. @public */
export interface NameOfferings {
  readonly pattern: string;
  readonly serviceMaxLength: number;
  readonly namespaceMaxLength: number;
  readonly reserved: readonly string[];
}

/** The state of a cluster as the portal sees it. @public */
export type ClusterState =
  | 'absent'
  | 'starting'
  | 'building'
  | 'ready'
  | 'error';

/** The answer of `GET /status`. @public */
export interface PlatformStatus {
  readonly cluster: {
    readonly state: ClusterState;
    readonly message: string;
    /** ISO 8601 instant. */
    readonly since?: string;
    /** Whether it is local mode's own cluster, whose containers are not started. */
    readonly local: boolean;
    readonly name?: string;
  };
  readonly gitProvider: {
    readonly type: 'embedded' | 'github';
    readonly host: string;
    readonly state: 'ready' | 'error';
    readonly message: string;
  };
  readonly docs: {
    readonly state: 'ready' | 'absent' | 'unknown';
    readonly message: string;
  };
}
