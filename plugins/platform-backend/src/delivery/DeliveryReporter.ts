import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import type { DeliveryReports, EndedDelivery } from './DeliveryReports';
import { toDeploymentEvent } from './toDeploymentEvent';

const BATCH = 100;
const TIMEOUT_MS = 30_000;

const answerSchema = z.object({
  rejected: z.array(
    z.object({
      index: z.number().int(),
      field: z.string(),
      message: z.string(),
    }),
  ),
});

/** What {@link DeliveryReporter} takes. @internal */
export interface DeliveryReporterOptions {
  /** Where people reach the portal. */
  readonly appUrl?: string;
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
  readonly logger: LoggerService;
  /** The plugin that is told. */
  readonly pluginId: string;
  readonly reports: DeliveryReports;
}

/**
 * Tells another plugin of deliveries that have ended, as deployment events.
 * What it has not acknowledged is sent again; it tells duplicates by their id.
 * @internal
 */
export class DeliveryReporter {
  readonly #options: DeliveryReporterOptions;
  #reporting?: Promise<void>;
  #again = false;
  #complaint?: string;

  constructor(options: DeliveryReporterOptions) {
    this.#options = options;
  }

  /** Never rejects: what cannot be sent now is sent by a later call. */
  report(): Promise<void> {
    if (this.#reporting) {
      this.#again = true;
      return this.#reporting;
    }
    this.#reporting = this.#reportAll()
      .catch(error => this.#complain(error))
      .finally(() => {
        this.#reporting = undefined;
      });
    return this.#reporting;
  }

  async #reportAll(): Promise<void> {
    const { reports } = this.#options;
    do {
      this.#again = false;
      for (;;) {
        const deliveries = await reports.unreported(BATCH);
        if (deliveries.length === 0) {
          break;
        }
        await this.#send(deliveries);
        await reports.markReported(deliveries.map(({ id }) => id));
      }
    } while (this.#again);
  }

  async #send(deliveries: readonly EndedDelivery[]): Promise<void> {
    const { appUrl, auth, discovery, pluginId } = this.#options;
    const baseUrl = await discovery.getBaseUrl(pluginId);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: pluginId,
    });
    const response = await fetch(`${baseUrl}/v1/deployments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(
        deliveries.map(each => toDeploymentEvent(each, appUrl)),
      ),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = answerSchema.safeParse(
      await response.json().catch(() => undefined),
    );
    // A 400 with a list of rejections is an answer too: nothing of it was accepted, nor would be later.
    if (!answer.success || (!response.ok && response.status !== 400)) {
      throw new ServiceUnavailableError(
        response.status === 404
          ? `there is no plugin "${pluginId}" that takes deployment events`
          : `the plugin "${pluginId}" answered with ${response.status}`,
      );
    }
    this.#complaint = undefined;
    this.#warnAboutRejected(deliveries, answer.data.rejected);
  }

  #warnAboutRejected(
    deliveries: readonly EndedDelivery[],
    rejected: z.infer<typeof answerSchema>['rejected'],
  ): void {
    const { logger, pluginId } = this.#options;
    for (const { index, field, message } of rejected) {
      logger.warn(
        `The plugin "${pluginId}" does not take delivery ${deliveries[index]?.id}: ${field}: ${message}`,
      );
    }
  }

  /** The same trouble is worth one line in the log. */
  #complain(error: unknown): void {
    const { logger } = this.#options;
    const message = isError(error) ? error.message : String(error);
    if (this.#complaint !== message) {
      this.#complaint = message;
      logger.warn(`Deliveries are reported later: ${message}`);
    }
  }
}
