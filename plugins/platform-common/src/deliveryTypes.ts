/** Where a delivery stands. @public */
export type DeliveryStatus =
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'superseded';

/** One line of a delivery's log. @public */
export interface DeliveryLogLine {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** One revision on its way to one namespace. @public */
export interface Delivery {
  readonly id: string;
  readonly namespace: string;
  readonly component: string;
  /** Entity reference of the owning group. */
  readonly owner: string;
  readonly environment?: string;
  /** `<owner>/<name>` of the repository at the Git provider. */
  readonly repository: string;
  /** The commit that is delivered. */
  readonly revision: string;
  readonly trigger: 'push' | 'namespace' | 'reconcile' | 'manual';
  readonly status: DeliveryStatus;
  /** The outcome in a sentence, once there is one. */
  readonly message?: string;
  /** ISO 8601 instants. */
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

/** The answer of `GET /deliveries/:id`. @public */
export interface DeliveryDetail extends Delivery {
  readonly log: readonly DeliveryLogLine[];
}

/** The answer of `GET /deliveries`, newest first. @public */
export interface DeliveryList {
  readonly items: readonly Delivery[];
}

/** The answer of `GET /deployments/:namespace/:component`. @public */
export interface DeploymentStatus {
  readonly namespace: string;
  readonly component: string;
  readonly state: 'absent' | 'progressing' | 'ready' | 'failed';
  readonly message: string;
  /** The commit that runs, where the workload says so. */
  readonly revision?: string;
  readonly url?: string;
  /** The latest delivery to the namespace, where local delivery works there. */
  readonly delivery?: Pick<
    Delivery,
    'id' | 'status' | 'revision' | 'message' | 'createdAt'
  >;
  /** Whether local mode's hollow node runs it: pods are scheduled, containers are not started. */
  readonly local: boolean;
}
