import type {
  Delivery,
  DeliveryDetail,
  DeploymentStatus,
  DryRunResult,
  Offerings,
  PlatformRequest,
} from '@waymark/plugin-platform-common';

/** What is asked of {@link PlatformApi.getDeliveries}. @public */
export interface DeliveryFilter {
  readonly namespace?: string;
  readonly component?: string;
  /** Entity reference of the owning group. */
  readonly owner?: string;
}

/**
 * The platform as the portal's pages use it.
 *
 * Every method rejects with an error whose message is the server's sentence.
 * @public
 */
export interface PlatformApi {
  /** What the signed-in person's teams may ask for; an answer is kept for half a minute. */
  getOfferings(): Promise<Offerings>;
  /** What the platform says about a request; nothing is made. */
  dryRun(request: PlatformRequest): Promise<DryRunResult>;
  /** Newest first. */
  getDeliveries(
    filter: DeliveryFilter,
    signal?: AbortSignal,
  ): Promise<readonly Delivery[]>;
  getDelivery(id: string, signal?: AbortSignal): Promise<DeliveryDetail>;
  /** Delivers the head of the default branch to a namespace once more. */
  deliverAgain(namespace: string): Promise<void>;
  getDeployment(
    namespace: string,
    component: string,
    signal?: AbortSignal,
  ): Promise<DeploymentStatus>;
}
