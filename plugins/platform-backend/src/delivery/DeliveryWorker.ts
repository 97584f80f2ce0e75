import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { Delivery } from '@waymark/plugin-platform-common';
import type {
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import type { LocalDeliveryConfig } from '../config';
import { deliver } from './deliver';
import type { DeliveryStore, QueuedDelivery } from './DeliveryStore';

const CONCURRENCY = 4;
const TICK_MS = 5_000;
const WATCH_MS = 1_000;

/** Errors that say that the repository has to change. */
const FINAL_ERRORS = ['DeliveryFailure', 'InputError', 'NotAllowedError'];
/** Errors that pass. */
const PASSING_ERRORS = ['ServiceUnavailableError', 'AuthenticationError'];

/** What {@link DeliveryWorker} takes. @internal */
export interface DeliveryWorkerOptions {
  readonly store: DeliveryStore;
  readonly clusters: ClusterService;
  readonly git: GitProvider;
  readonly config: LocalDeliveryConfig;
  readonly logger: LoggerService;
  /** Called when a delivery has ended. */
  readonly onFinished?: () => void;
}

/** Works through queued deliveries: one at a time per namespace, a few at once. @internal */
export class DeliveryWorker {
  readonly #options: DeliveryWorkerOptions;
  readonly #running = new Map<string, AbortController>();
  #timer?: NodeJS.Timeout;
  #looking?: Promise<void>;
  #again = false;
  #stopped = false;

  constructor(options: DeliveryWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), TICK_MS);
    this.wake();
  }

  /** Leaves what runs to the next start, which takes it up again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    for (const controller of this.#running.values()) {
      controller.abort();
    }
    await this.#looking;
  }

  /** Looks for work now. */
  wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look()
      .catch(error =>
        this.#options.logger.warn('Deliveries could not be looked up', error),
      )
      .finally(() => {
        this.#looking = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  async #look(): Promise<void> {
    const { store } = this.#options;
    await store.releaseStale();
    while (this.#running.size < CONCURRENCY && !this.#stopped) {
      const delivery = await store.claim();
      if (!delivery) {
        return;
      }
      void this.#work(delivery);
    }
  }

  async #work(delivery: QueuedDelivery): Promise<void> {
    const { logger } = this.#options;
    const controller = new AbortController();
    this.#running.set(delivery.id, controller);
    const watch = setInterval(
      () => void this.#watch(delivery, controller),
      WATCH_MS,
    );
    try {
      await this.#attempt(delivery, controller.signal);
    } catch (error) {
      logger.warn(
        `Delivery ${delivery.id} to ${delivery.namespace} could not be recorded`,
        isError(error) ? error : undefined,
      );
    } finally {
      clearInterval(watch);
      this.#running.delete(delivery.id);
      this.#options.onFinished?.();
      this.wake();
    }
  }

  /** Keeps the claim alive, and gives way to a newer revision. */
  async #watch(delivery: Delivery, controller: AbortController): Promise<void> {
    const { store, logger } = this.#options;
    try {
      const ours = await store.heartbeat(delivery.id);
      if (!ours || (await store.isOutdated(delivery))) {
        controller.abort();
      }
    } catch (error) {
      logger.debug(`Delivery ${delivery.id} has no heartbeat: ${error}`);
    }
  }

  async #attempt(delivery: QueuedDelivery, signal: AbortSignal): Promise<void> {
    const { store, logger, clusters, git, config } = this.#options;
    const { id } = delivery;
    try {
      await store.logOnce(id, {
        level: 'info',
        message: `Delivering ${delivery.revision.slice(0, 7)} of ${
          delivery.repository
        } to ${delivery.namespace}.`,
      });
      const message = await deliver({
        delivery,
        clusters,
        git,
        config,
        signal,
        log: line => store.log(id, line),
      });
      await store.log(id, { level: 'info', message });
      await store.finish(id, { status: 'succeeded', message });
    } catch (error) {
      if (signal.aborted) {
        await this.#giveWay(delivery);
        return;
      }
      const { name, message } = isError(error)
        ? error
        : { name: '', message: '' };
      if (PASSING_ERRORS.includes(name)) {
        logger.warn(`Delivery ${id} is tried again: ${message}`);
        await retryLater(signal);
        await store.release(id, `${message} It is tried again.`);
        return;
      }
      const outcome = FINAL_ERRORS.includes(name)
        ? message
        : `The delivery broke off for a reason that the portal does not know; its own log has it under ${id}.`;
      if (outcome !== message) {
        logger.error(`Delivery ${id} broke off: ${message}`, error as Error);
      }
      await store.log(id, { level: 'error', message: outcome });
      await store.finish(id, { status: 'failed', message: outcome });
    }
  }

  async #giveWay(delivery: Delivery): Promise<void> {
    const { store } = this.#options;
    if (this.#stopped) {
      await store.release(
        delivery.id,
        'The portal is stopping; the delivery goes on after the next start.',
      );
      return;
    }
    const message = 'A newer revision takes its place.';
    await store.log(delivery.id, { level: 'info', message });
    await store.finish(delivery.id, { status: 'superseded', message });
  }
}

/** Spares a cluster or host that is down. */
async function retryLater(signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, TICK_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
