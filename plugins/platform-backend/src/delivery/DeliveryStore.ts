import type {
  Delivery,
  DeliveryDetail,
  DeliveryLogLine,
} from '@waymark/plugin-platform-common';

/** A delivery that is wanted. @internal */
export type NewDelivery = Pick<
  Delivery,
  | 'namespace'
  | 'component'
  | 'owner'
  | 'environment'
  | 'repository'
  | 'revision'
  | 'trigger'
> & {
  /** Tells a namespace from an earlier one of the same name. */
  readonly namespaceUid: string;
  /** The same for all deliveries that one push makes. */
  readonly rolloutId?: string;
};

/** A delivery as a worker takes it. @internal */
export type QueuedDelivery = Delivery & Pick<NewDelivery, 'namespaceUid'>;

/** Which deliveries are meant; a part that is left out matches everything. @internal */
export interface DeliveryFilter {
  readonly namespace?: string;
  readonly component?: string;
  /** Entity references of groups. */
  readonly owners?: readonly string[];
  readonly limit: number;
}

/** How a delivery ended. @internal */
export interface DeliveryOutcome {
  readonly status: 'succeeded' | 'failed' | 'superseded';
  readonly message: string;
}

/** Where deliveries are kept. @internal */
export interface DeliveryStore {
  /** Queues a delivery in place of whatever waits for the same namespace. */
  enqueue(wanted: NewDelivery): Promise<Delivery>;
  /** The newest delivery to a namespace. */
  latest(namespace: string): Promise<QueuedDelivery | undefined>;
  list(filter: DeliveryFilter): Promise<Delivery[]>;
  get(id: string): Promise<DeliveryDetail | undefined>;
  /** Takes a queued delivery whose namespace is not being delivered to. */
  claim(): Promise<QueuedDelivery | undefined>;
  /** Says that the worker lives; false once the delivery is no longer its own. */
  heartbeat(id: string): Promise<boolean>;
  /** Whether a newer revision waits for the same namespace. */
  isOutdated(delivery: Delivery): Promise<boolean>;
  log(id: string, line: Omit<DeliveryLogLine, 'at'>): Promise<void>;
  /** As `log`, unless the log has the sentence already. */
  logOnce(id: string, line: Omit<DeliveryLogLine, 'at'>): Promise<void>;
  finish(id: string, outcome: DeliveryOutcome): Promise<void>;
  /** Puts a running delivery back into the queue, with the reason as its message. */
  release(id: string, reason: string): Promise<void>;
  /** Releases what dead workers held. */
  releaseStale(): Promise<number>;
}
