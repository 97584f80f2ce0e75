/** How an attempt to deploy stands or ended. @public */
export type DeploymentStatus =
  | 'queued'
  | 'in_progress'
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped';

/** A commit, as an event lists it. @public */
export interface ChangeInput {
  readonly sha: string;
  /** ISO 8601. */
  readonly committedAt: string;
  /** ISO 8601: the pull request's first commit, where the sender knows it. */
  readonly firstCommittedAt?: string;
  readonly pullRequest?: number;
  readonly parents?: readonly string[];
}

/** One attempt to put a revision of a service into an environment, as senders tell it. @public */
export interface DeploymentEvent {
  readonly kind: 'deployment';
  readonly id: string;
  readonly source: string;
  /** Entity reference of a Component. */
  readonly service: string;
  readonly environment: string;
  readonly status: DeploymentStatus;
  readonly revision?: string;
  readonly version?: string;
  /** ISO 8601. */
  readonly startedAt?: string;
  /** ISO 8601. */
  readonly finishedAt?: string;
  /** ISO 8601: when the status was reached, where neither of the above says so. */
  readonly occurredAt?: string;
  readonly rolloutId?: string;
  readonly url?: string;
  readonly remediates?: { readonly deployment: string };
  readonly hotfix?: boolean;
  /** Undefined: not known to the sender; empty: there are none. */
  readonly changes?: readonly ChangeInput[];
}

/** A production failure begins, ends or begins again, as senders tell it. @public */
export interface IncidentEvent {
  readonly kind: 'incident';
  readonly id: string;
  readonly source: string;
  /** Entity references of Components, at least one. */
  readonly services: readonly string[];
  readonly status: 'open' | 'resolved';
  /** ISO 8601. */
  readonly openedAt: string;
  /** ISO 8601. */
  readonly resolvedAt?: string;
  /** ISO 8601: when it was opened again. */
  readonly occurredAt?: string;
  /** Id of the deployment that caused it. */
  readonly deployment?: string;
  /** Revision that caused it. */
  readonly revision?: string;
  readonly severity?: string;
  readonly title?: string;
  readonly url?: string;
}

/** An event that was read and checked: services by their full references. @public */
export type DoraEvent = DeploymentEvent | IncidentEvent;

/** An incident as senders write it: one service or several. @public */
export interface IncidentEventInput extends Omit<IncidentEvent, 'services'> {
  readonly service?: string;
  readonly services?: readonly string[];
}

/** What the engine takes: events as senders write them, checked or not. @public */
export type DoraEventInput = DeploymentEvent | IncidentEventInput;
