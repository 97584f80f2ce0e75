import type { MappedEvent } from '../sources/types';

/** An item of a request, or what is wrong with it. @internal */
export type IncomingItem =
  /** Still to be checked. */
  | { readonly index: number; readonly value: unknown }
  /** Made by a mapper. */
  | { readonly index: number; readonly mapped: MappedEvent }
  | {
      readonly index: number;
      readonly problem: { readonly field: string; readonly message: string };
      /** The beginning of what came. */
      readonly item?: string;
    };

/** Why an item was not taken. @internal */
export interface Rejection {
  readonly index: number;
  readonly field: string;
  readonly message: string;
}

/** What became of a request's items. @internal */
export interface IngestionAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  /** The first 1,000. */
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
}

/** A webhook whose signature was right. @internal */
export interface VerifiedDelivery {
  readonly source: string;
  readonly deliveryKey: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What became of a delivery. @internal */
export interface StoredDelivery {
  /** One with its key had been stored before. */
  readonly duplicate: boolean;
  /** That one had another body. */
  readonly differs: boolean;
}

/** A delivery that is understood and of no use to the metrics. @internal */
export interface IgnoredDelivery extends VerifiedDelivery {
  /** A sentence. */
  readonly reason: string;
}

/** Takes events in: stored when it returns, processed soon after. @internal */
export interface IngestionService {
  /** Items without `kind` are of `options.kind`. */
  accept(
    items: AsyncIterable<IncomingItem> | Iterable<IncomingItem>,
    options: { kind?: 'deployment' | 'incident'; route: string },
  ): Promise<IngestionAnswer>;
  /** Keeps what says nothing about deployments or incidents, with the reason. */
  ignore(
    deliveries: readonly IgnoredDelivery[],
  ): Promise<{ accepted: number; duplicates: number }>;
  acceptDelivery(delivery: VerifiedDelivery): Promise<StoredDelivery>;
}
