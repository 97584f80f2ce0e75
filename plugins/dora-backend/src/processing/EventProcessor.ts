import type { LoggerService } from '@backstage/backend-plugin-api';
import { PendingEvents, type ResolvedEvent } from '../database/PendingEvents';
import { isPassing } from './isPassing';
import { DeliveryProcessor } from './DeliveryProcessor';
import {
  processEvents,
  resolveEvents,
  type ProcessEventsOptions,
} from './processEvents';
import { TooMuchAtOnce, turnsOf } from './turns';

/** How soon is looked for what another instance stored, or failed for a while. */
const TICK_MS = 2_000;

/** Deployments of several services that one transaction derives anew: about a second's work. */
const MOST = 5_000;

/** After how long is looked for events that came meanwhile. */
const TURN_MS = 2_000;

/** Works off what is stored: webhooks become events, and events count. @internal */
export class EventProcessor {
  readonly #pending: PendingEvents;
  #woken = false;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly options: ProcessEventsOptions & {
      readonly deliveries: DeliveryProcessor;
      readonly logger: LoggerService;
      /** Told after each batch. */
      readonly onProcessed: () => void;
    },
  ) {
    this.#pending = new PendingEvents(options.database);
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), TICK_MS);
    this.wake();
  }

  /** Waits for what is being done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Something was stored. */
  wake(): void {
    this.#woken = true;
    this.#running ??= this.run().finally(() => {
      this.#running = undefined;
      // woken after the last look
      if (this.#woken && !this.#stopped) this.wake();
    });
  }

  private async run(): Promise<void> {
    try {
      while (this.#woken && !this.#stopped) {
        this.#woken = false;
        await this.options.deliveries.drain();
        await this.drain();
      }
    } catch (error) {
      this.#woken = false; // not at once, but with the next tick
      this.options.logger.warn(
        'Events wait to be processed, which is tried again shortly',
        error as Error,
      );
    }
  }

  private async drain(): Promise<void> {
    while (!this.#stopped) {
      const events = await this.#pending.next();
      if (events.length === 0) return;
      await this.process(await resolveEvents(events, this.options.services));
      this.options.onProcessed();
    }
  }

  /** Finds the one that cannot be processed among those that can. */
  private async process(
    events: readonly ResolvedEvent[],
    most = this.options.most ?? MOST,
  ): Promise<void> {
    try {
      await processEvents(events, { ...this.options, most });
    } catch (error) {
      if (isPassing(error)) throw error;
      if (error instanceof TooMuchAtOnce) {
        await this.takeTurns(turnsOf(events, error.costs, most));
        return;
      }
      if (events.length > 1) {
        const middle = Math.ceil(events.length / 2);
        await this.process(events.slice(0, middle), most);
        await this.process(events.slice(middle), most);
        return;
      }
      this.options.logger.error(
        `Event ${events[0].id} cannot be processed and was put into the inbox`,
        error as Error,
      );
      await this.#pending.reject(
        events[0].id,
        `It cannot be processed by a fault of this backend, whose log says more of event ${events[0].id}.`,
      );
    }
  }

  /**
   * A service with a long history to derive anew goes after the others, and
   * what is left after a while waits with what came meanwhile. Others still
   * wait while that one history is derived: facts are written by one
   * transaction at a time, for those of a rollout are marked in all of its
   * services, and a history that is derived in several transactions would be
   * wrong in between.
   */
  private async takeTurns(turns: readonly ResolvedEvent[][]): Promise<void> {
    const began = performance.now();
    for (const turn of turns) {
      await this.process(turn, Infinity);
      if (this.#stopped || performance.now() - began > TURN_MS) return;
    }
  }
}
