/** A commit of a deployment; instants are milliseconds since 1970. @public */
export interface Change {
  readonly sha: string;
  readonly committedAt: number;
  readonly firstCommittedAt?: number;
  readonly pullRequest?: number;
  readonly parents: readonly string[];
}

/**
 * One attempt, merged from all events that speak of it; instants are
 * milliseconds since 1970.
 * @public
 */
export interface Deployment {
  /** Tells attempts apart: source, id, service and environment. */
  readonly key: string;
  readonly id: string;
  readonly source: string;
  readonly service: string;
  readonly environment: string;
  readonly status:
    | 'queued'
    | 'in_progress'
    | 'success'
    | 'failure'
    | 'cancelled'
    | 'skipped';
  readonly revision?: string;
  readonly version?: string;
  readonly startedAt?: number;
  /** Defined for every finished attempt that counts. */
  readonly finishedAt?: number;
  readonly rolloutId?: string;
  readonly url?: string;
  /** Id of the deployment that this one remediates. */
  readonly remediates?: string;
  readonly hotfix: boolean;
  /** Undefined: not known (yet). */
  readonly changes?: readonly Change[];
  /** Revisions that a Git provider says this revision is an ancestor of. */
  readonly ancestorOf?: readonly string[];
}

/** A production failure of one service; instants are milliseconds since 1970. @public */
export interface Incident {
  /** Tells incidents apart: source, id and service. */
  readonly key: string;
  readonly id: string;
  readonly source: string;
  readonly service: string;
  /** In order, not overlapping; the last one may be open. */
  readonly intervals: readonly {
    readonly openedAt: number;
    readonly resolvedAt?: number;
  }[];
  readonly deployment?: string;
  readonly revision?: string;
  readonly severity?: string;
  readonly title?: string;
  readonly url?: string;
}

/** Why a deployment counts as failed. @public */
export type FailureReason =
  | { readonly kind: 'failed-attempt' }
  /** `incident`, and `by` below: keys. */
  | { readonly kind: 'incident'; readonly incident: string }
  | { readonly kind: 'rolled-back'; readonly by: string }
  | { readonly kind: 'remediated'; readonly by: string };

/** Why a deployment counts as rework. @public */
export type ReworkReason =
  /** `to`: key of the deployment whose revision it brought back. */
  | { readonly kind: 'rollback'; readonly to: string }
  | { readonly kind: 'hotfix' }
  /** `of`: id of a deployment, as the event names it. */
  | { readonly kind: 'remediation'; readonly of: string };

/** What a deployment is in its service's history. @public */
export type DeploymentRole =
  | 'first'
  | 'new'
  | 'redeployment'
  | 'rollback'
  | 'older'
  | 'unsuccessful';

/** A change that went live for the first time. @public */
export interface LeadTimeSample {
  readonly sha: string;
  /** From the commit to the finish of the deployment. */
  readonly seconds: number;
}

/**
 * What one deployment (or rollout of one service) adds to the metrics of its
 * service; instants are milliseconds since 1970.
 * @public
 */
export interface DeploymentFacts {
  /** Key of the deployment that finished last. */
  readonly key: string;
  /** Id that its source gave that deployment. */
  readonly id: string;
  readonly service: string;
  /** Keys of all members; one where there is no rollout. */
  readonly members: readonly string[];
  readonly rolloutId?: string;
  readonly finishedAt: number;
  /** Whether all members succeeded. */
  readonly succeeded: boolean;
  readonly revision?: string;
  readonly role: DeploymentRole;
  /** Revision that was live right before; what a Git provider compares with. */
  readonly previousRevision?: string;
  /** Empty: it counts as a success. */
  readonly failures: readonly FailureReason[];
  /** Empty: it was planned. */
  readonly rework: readonly ReworkReason[];
  readonly samples: readonly LeadTimeSample[];
  /** Changes dated after the deployment, which are no samples. */
  readonly changesAfterDeployment: number;
  /** It should add samples, but what it changed is not known. */
  readonly changesUnknown: boolean;
  /**
   * Of a failed deployment; undefined where it did not fail, or where an
   * earlier failed attempt of the same outage speaks for it.
   */
  readonly recovery?: {
    readonly impactAt: number;
    /** Undefined: still ongoing. */
    readonly recoveredAt?: number;
  };
}
