import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { DeliveryStore, type StoredDelivery } from '../database/DeliveryStore';
import { EventStore, type NewEvent } from '../database/EventStore';
import type { EventValidator } from '../ingestion/EventValidator';
import { parseJson } from '../ingestion/parseJson';
import { toNewEvent } from '../ingestion/toNewEvent';
import type { WebhookSource } from '../sources/types';
import { isPassing } from './isPassing';

/** What a delivery comes to. */
type Outcome =
  | { readonly events: readonly NewEvent[]; readonly note?: string }
  | { readonly ignored: string }
  | { readonly rejected: string };

/** Turns stored webhooks into stored events. @internal */
export class DeliveryProcessor {
  readonly #deliveries: DeliveryStore;
  readonly #events: EventStore;

  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly logger: LoggerService;
      readonly now: () => number;
      readonly sources: readonly WebhookSource[];
      readonly validator: EventValidator;
    },
  ) {
    this.#deliveries = new DeliveryStore(options);
    this.#events = new EventStore(options);
  }

  /** Until none waits. */
  async drain(): Promise<void> {
    while (await this.next()) {
      // the next one is claimed by the call itself
    }
  }

  private async next(): Promise<boolean> {
    const { database, logger } = this.options;
    let claimed: StoredDelivery | undefined;
    try {
      return await database.transaction(async trx => {
        claimed = await this.#deliveries.claim(trx);
        if (claimed) await this.settle(trx, claimed);
        return claimed !== undefined;
      });
    } catch (error) {
      if (!claimed || isPassing(error)) throw error;
      const { id, source } = claimed;
      logger.error(
        `Webhook ${id} of ${source} cannot be stored as events and was put into the inbox`,
        error as Error,
      );
      await this.#deliveries.finish(database, id, 'rejected', faultOf(id));
      return true;
    }
  }

  private async settle(
    trx: Knex.Transaction,
    delivery: StoredDelivery,
  ): Promise<void> {
    const { id } = delivery;
    const outcome = this.read(delivery);
    if ('events' in outcome) {
      await this.#events.insert(outcome.events, { trx, deliveryId: id });
      await this.#deliveries.finish(trx, id, 'processed', outcome.note);
    } else if ('ignored' in outcome) {
      await this.#deliveries.finish(trx, id, 'ignored', outcome.ignored);
    } else {
      await this.#deliveries.finish(trx, id, 'rejected', outcome.rejected);
    }
  }

  private read(delivery: StoredDelivery): Outcome {
    try {
      return this.map(delivery);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (!(error instanceof InputError)) {
        this.options.logger.error(
          `Webhook ${delivery.id} of ${delivery.source} cannot be read and was put into the inbox`,
          error as Error,
        );
      }
      return {
        rejected:
          error instanceof InputError
            ? error.message.slice(0, 1_000)
            : faultOf(delivery.id),
      };
    }
  }

  private map({
    source: id,
    body,
    headers,
    receivedAt,
  }: StoredDelivery): Outcome {
    const source = this.options.sources.find(each => each.id === id);
    if (!source) return { rejected: `There is no sender "${id}".` };
    if (!body) {
      return {
        rejected:
          'Its body was removed after dora.retention.rawBodies: have it sent again.',
      };
    }
    const mapped = source.map({
      headers,
      body: parseJson(body, 'The body'),
      receivedAt,
    });
    if ('ignored' in mapped) return mapped;
    if ('rejected' in mapped) return { rejected: mapped.rejected.message };
    const events: NewEvent[] = [];
    for (const event of mapped.events) {
      const checked = this.options.validator.checkMapped(event);
      if ('problem' in checked) return { rejected: checked.problem.message };
      events.push(toNewEvent(checked.event));
    }
    return { events, note: mapped.skipped?.join(' ') };
  }
}

function faultOf(id: string): string {
  return `It cannot be processed by a fault of this backend, whose log says more of webhook ${id}.`;
}
