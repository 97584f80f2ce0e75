import type {
  DeploymentEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import type { IncomingHttpHeaders } from 'node:http';

/** The names of the webhooks, as they stand in the route and under `dora.webhooks`. @internal */
export const webhookSourceIds = [
  'github',
  'gitlab',
  'argocd',
  'pagerduty',
  'alertmanager',
] as const;

/** @internal */
export type WebhookSourceId = (typeof webhookSourceIds)[number];

/**
 * How the catalog is asked for the service of an event: first by `ref`, then
 * by the annotations, any of which may match.
 * @internal
 */
export interface ServiceLookup {
  /** Entity reference of a Component; `checkout` and `default/checkout` are short for `component:default/checkout`. */
  readonly ref?: string;
  /** An entity matches when it carries one of these annotations with this value. */
  readonly annotations: readonly {
    readonly annotation: string;
    readonly value: string;
  }[];
  /** Where several entities match (a monorepo): the name or reference of the one that is meant. */
  readonly component?: string;
  /** Where several entities match: paths that changed, for the globs of `dora/source-path`. */
  readonly changedPaths?: readonly string[];
}

/** An event whose service is still to be looked up in the catalog. @internal */
export type MappedEvent =
  | (Omit<DeploymentEvent, 'service'> & { readonly lookup: ServiceLookup })
  | (Omit<IncidentEvent, 'services'> & { readonly lookup: ServiceLookup });

/** A part of a delivery that cannot be understood: which field, and what is wrong with it. @internal */
export interface MappingProblem {
  readonly field: string;
  readonly message: string;
}

/** What a delivery comes to. @internal */
export type MappedDelivery =
  | {
      readonly events: readonly MappedEvent[];
      /** Parts of the delivery that say nothing about deployments or incidents, as sentences. */
      readonly skipped?: readonly string[];
    }
  /** Well-formed, and of no use to the metrics: the reason as a sentence. */
  | { readonly ignored: string }
  | { readonly rejected: MappingProblem };

/** A stored webhook request; header names are in lower case. @internal */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON body. */
  readonly body: unknown;
  readonly receivedAt: Date;
}

/** A webhook request as it came in. @internal */
export interface WebhookRequest {
  readonly rawBody: Buffer;
  readonly headers: IncomingHttpHeaders;
}

/**
 * One sender of webhooks: who it is, what a delivery is called, and what it means.
 * @internal
 */
export interface WebhookSource {
  readonly id: WebhookSourceId;
  /** The headers that `map` needs, the only ones that are stored. */
  readonly keptHeaders: readonly string[];
  /** `request`: by a token in a header, which can be checked before the body is read; otherwise the body is signed. */
  readonly signs?: 'request';
  /** Whether the request was made by somebody who knows one of the secrets; constant time. */
  verify(
    request: WebhookRequest & { readonly secrets: readonly string[] },
  ): boolean;
  /** The same for a delivery that is sent again. */
  deliveryKey(request: WebhookRequest): string;
  /** Pure; never throws. */
  map(delivery: Delivery): MappedDelivery;
}
