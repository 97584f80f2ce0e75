import type {
  DeploymentRole,
  DeploymentStatus,
} from '@waymark/plugin-dora-common';

/** An incident as a deployment lists it; instants are ISO 8601. @public */
export interface LinkedIncident {
  readonly id: string;
  readonly openedAt: string;
  /** Undefined or null: it is still open. */
  readonly resolvedAt?: string | null;
  readonly title?: string | null;
  readonly severity?: string | null;
  readonly url?: string | null;
}

/** Where the changes of a deployment stand, and what they add. @public */
export interface DeploymentChanges {
  readonly state: 'given' | 'none' | 'wanted' | 'fetched' | 'unavailable';
  readonly count: number;
  /** How many of them went live for the first time. */
  readonly samples: number;
  readonly medianSeconds?: number | null;
}

/** One deployment of a listing; instants are ISO 8601. @public */
export interface DeploymentRow {
  readonly id: string;
  readonly externalId: string;
  readonly source: string;
  readonly service: string;
  readonly environment: string;
  readonly status: DeploymentStatus;
  readonly revision?: string | null;
  readonly version?: string | null;
  readonly startedAt?: string | null;
  readonly finishedAt?: string | null;
  readonly rolloutId?: string | null;
  readonly url?: string | null;
  readonly role?: DeploymentRole | null;
  /** Whether the metrics count it. */
  readonly counts: boolean;
  /** Why not, or by which member its rollout counts. */
  readonly notCountedBecause?: string | null;
  readonly failed: boolean;
  readonly rework: boolean;
  readonly changes: DeploymentChanges;
  /** Of a failed deployment. */
  readonly recovery?: {
    readonly impactAt: string;
    /** Null: not over. */
    readonly recoveredAt: string | null;
    readonly seconds: number | null;
  } | null;
  readonly incidents: readonly LinkedIncident[];
  readonly sample: boolean;
}

/** Why a deployment counts as it does. @public */
export interface Reason {
  readonly code: string;
  /** A sentence. */
  readonly message: string;
  /** Row id of the deployment that is the reason. */
  readonly deployment?: string | null;
  /** Row id of the incident that is the reason. */
  readonly incident?: string | null;
}

/** A commit of a deployment; instants are ISO 8601. @public */
export interface DeploymentChange {
  readonly sha: string;
  readonly committedAt: string;
  readonly firstCommittedAt?: string | null;
  readonly leadSeconds?: number | null;
  /** A sentence; where there is no lead time. */
  readonly notCountedBecause?: string | null;
  readonly title?: string | null;
  readonly author?: string | null;
  readonly url?: string | null;
  readonly pullRequest?: number | null;
}

/** The answer of `GET /deployments/:id`. @public */
export interface DeploymentDetail extends DeploymentRow {
  readonly changeList: readonly DeploymentChange[];
  /** There are more than `changeList` shows. */
  readonly changeListCut?: boolean;
  readonly failureReasons: readonly Reason[];
  readonly reworkReasons: readonly Reason[];
  /** Why the changes are not known. */
  readonly changesReason?: string | null;
  readonly previousRevision?: string | null;
}

/** One incident of a listing; instants are ISO 8601. @public */
export interface IncidentRow {
  readonly id: string;
  readonly externalId: string;
  readonly source: string;
  readonly service: string;
  readonly openedAt: string;
  /** Undefined or null: it is still open. */
  readonly resolvedAt?: string | null;
  readonly title?: string | null;
  readonly severity?: string | null;
  readonly url?: string | null;
  /** Row id of the deployment that it is attributed to. */
  readonly deployment?: string | null;
}

/** A page of a listing. @public */
export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined: that was all. */
  readonly nextCursor?: string | null;
}

/** An event that could not be counted, as the inbox keeps it. @public */
export interface InboxItem {
  readonly kind: 'event' | 'delivery' | 'rejection';
  readonly id: string;
  readonly source: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly state: InboxState;
  readonly reason?: string | null;
  readonly service?: string | null;
  /** The beginning of what was sent. */
  readonly excerpt?: string | null;
}

/** Why something stands in the inbox. @public */
export type InboxState = 'unmatched' | 'rejected' | 'pending';

/** Who sends events. @public */
export interface Sources {
  readonly items: readonly {
    readonly source: string;
    readonly events: number;
    /** ISO 8601. */
    readonly lastEventAt?: string | null;
    readonly sample?: boolean;
  }[];
}
