import type { DeploymentRole } from '@waymark/plugin-dora-common';

/** A page of a listing; without `nextCursor` it is the last. @internal */
export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Why a deployment counts as it does. @internal */
export interface ReasonAnswer {
  readonly code: string;
  /** A sentence. */
  readonly message: string;
  /** Row id of the deployment that is the reason. */
  readonly deployment?: string;
  /** Row id of the incident that is the reason. */
  readonly incident?: string;
}

/** An incident as a deployment lists it; instants are ISO 8601. @internal */
export interface LinkedIncidentAnswer {
  readonly id: string;
  readonly externalId: string;
  readonly source: string;
  readonly openedAt: string;
  /** Null: still open. */
  readonly resolvedAt: string | null;
  readonly title: string | null;
  readonly severity: string | null;
  readonly url: string | null;
  readonly attribution: ReasonAnswer;
}

/** One deployment of a listing; instants are ISO 8601. @internal */
export interface DeploymentAnswer {
  readonly id: string;
  readonly externalId: string;
  readonly source: string;
  readonly service: string;
  readonly environment: string;
  readonly status: string;
  readonly revision: string | null;
  readonly version: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly rolloutId: string | null;
  readonly url: string | null;
  readonly role: DeploymentRole | null;
  /** Whether the metrics count it. */
  readonly counts: boolean;
  /** Why not, or by which member its rollout counts. */
  readonly notCountedBecause: string | null;
  readonly failed: boolean;
  /** Codes. */
  readonly failures: readonly string[];
  readonly failureReasons: readonly ReasonAnswer[];
  readonly rework: boolean;
  readonly reworkReasons: readonly ReasonAnswer[];
  readonly changes: {
    readonly state: string;
    readonly count: number;
    /** How many of them went live for the first time. */
    readonly samples: number;
    readonly medianSeconds: number | null;
  };
  readonly recovery: {
    readonly impactAt: string;
    /** Null: not over. */
    readonly recoveredAt: string | null;
    readonly seconds: number | null;
  } | null;
  readonly incidents: readonly LinkedIncidentAnswer[];
  /** Made up, by the source that `dora.sampleSource` names. */
  readonly sample: boolean;
}

/** A commit of a deployment; instants are ISO 8601. @internal */
export interface ChangeAnswer {
  readonly sha: string;
  readonly committedAt: string;
  readonly firstCommittedAt: string | null;
  readonly leadSeconds: number | null;
  /** A sentence, where there is no lead time. */
  readonly notCountedBecause: string | null;
  /** Code of that sentence, and row id of the deployment that it names. */
  readonly notCountedCode: string | null;
  readonly liveSince: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly url: string | null;
  readonly pullRequest: number | null;
}

/** The answer of `GET /deployments/:id`. @internal */
export interface DeploymentDetailAnswer extends DeploymentAnswer {
  readonly changeList: readonly ChangeAnswer[];
  /** There are more than `changeList` shows. */
  readonly changeListCut: boolean;
  /** Why its changes are not known. */
  readonly changesReason: string | null;
  readonly remediates: string | null;
  readonly hotfix: boolean;
  readonly previousRevision: string | null;
  /** Row ids of the members of its rollout in its service. */
  readonly members: readonly string[];
}

/** One incident of a listing; instants are ISO 8601. @internal */
export interface IncidentAnswer {
  readonly id: string;
  readonly externalId: string;
  readonly source: string;
  readonly service: string;
  readonly openedAt: string;
  /** Null: still open. */
  readonly resolvedAt: string | null;
  readonly intervals: readonly {
    readonly openedAt: string;
    readonly resolvedAt: string | null;
  }[];
  readonly title: string | null;
  readonly severity: string | null;
  readonly url: string | null;
  /** Row id of the deployment that it is attributed to. */
  readonly deployment: string | null;
  /** Why it is attributed to that deployment, or to none. */
  readonly attribution: ReasonAnswer;
  readonly sample: boolean;
}
