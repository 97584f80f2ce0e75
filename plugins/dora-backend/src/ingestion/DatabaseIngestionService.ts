import type { DoraEvent } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { DeliveryStore } from '../database/DeliveryStore';
import { EventStore, type NewEvent } from '../database/EventStore';
import { RejectionStore, type NewRejection } from '../database/RejectionStore';
import type { MappedEvent } from '../sources/types';
import { EventBatch } from './EventBatch';
import type { CheckedEvent, EventValidator } from './EventValidator';
import type {
  IgnoredDelivery,
  IncomingItem,
  IngestionAnswer,
  IngestionService,
  Rejection,
  StoredDelivery,
  VerifiedDelivery,
} from './IngestionService';
import { MAX_KEPT_ITEM, MAX_REJECTED } from './limits';
import { toNewEvent } from './toNewEvent';

/** Keeps events in PostgreSQL. @internal */
export class DatabaseIngestionService implements IngestionService {
  readonly #events: EventStore;
  readonly #deliveries: DeliveryStore;
  readonly #rejections: RejectionStore;

  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly now: () => number;
      readonly validator: EventValidator;
      /** Told when something was stored. */
      readonly wake: () => void;
    },
  ) {
    this.#events = new EventStore(options);
    this.#deliveries = new DeliveryStore(options);
    this.#rejections = new RejectionStore(options);
  }

  async accept(
    items: AsyncIterable<IncomingItem> | Iterable<IncomingItem>,
    { kind, route }: { kind?: 'deployment' | 'incident'; route: string },
  ): Promise<IngestionAnswer> {
    const batch = new EventBatch(this.options.now, events =>
      this.store(events),
    );
    const rejected: Rejection[] = [];
    const log: NewRejection[] = [];
    let rejectedCount = 0;
    for await (const incoming of items) {
      const checked = this.check(incoming, kind);
      if ('problem' in checked) {
        const { problem } = checked;
        rejectedCount += 1;
        if (rejected.length < MAX_REJECTED) {
          rejected.push({ index: incoming.index, ...problem });
          log.push({ ...problem, kind, ...keep(incoming) });
        }
      } else {
        await batch.add(toNewEvent(checked.event));
      }
    }
    await batch.flush();
    const { stored, added } = batch;
    if (added > 0) await this.#rejections.insert(route, log);
    return {
      accepted: stored,
      duplicates: added - stored,
      rejected,
      rejectedCount,
    };
  }

  async ignore(
    deliveries: readonly IgnoredDelivery[],
  ): Promise<{ accepted: number; duplicates: number }> {
    let accepted = 0;
    for (const delivery of deliveries) {
      const stored = await this.#deliveries.insert(delivery, {
        state: 'ignored',
        reason: delivery.reason,
      });
      if (stored) accepted += 1;
    }
    return { accepted, duplicates: deliveries.length - accepted };
  }

  async acceptDelivery(delivery: VerifiedDelivery): Promise<StoredDelivery> {
    const stored = await this.#deliveries.insert(delivery);
    if (stored) this.options.wake();
    const differs = !stored && (await this.#deliveries.differs(delivery));
    return { duplicate: !stored, differs };
  }

  private check(
    incoming: IncomingItem,
    kind: 'deployment' | 'incident' | undefined,
  ): CheckedEvent<DoraEvent | MappedEvent> {
    if ('problem' in incoming) return incoming;
    return 'mapped' in incoming
      ? this.options.validator.checkMapped(incoming.mapped)
      : this.options.validator.check(incoming.value, kind);
  }

  private async store(events: readonly NewEvent[]): Promise<number> {
    const stored = await this.#events.insert(events);
    if (stored > 0) this.options.wake();
    return stored;
  }
}

/** What the log keeps of an item. */
function keep(
  incoming: IncomingItem,
): Pick<NewRejection, 'source' | 'item' | 'complete'> {
  if ('problem' in incoming) {
    return { item: incoming.item?.slice(0, MAX_KEPT_ITEM), complete: false };
  }
  const value = 'mapped' in incoming ? incoming.mapped : incoming.value;
  const text = toText(value);
  return {
    source: sourceOf(value),
    item: text.slice(0, MAX_KEPT_ITEM),
    complete: 'value' in incoming && text.length <= MAX_KEPT_ITEM,
  };
}

function sourceOf(value: unknown): string | undefined {
  const named =
    typeof value === 'object' && value !== null && 'source' in value
      ? value.source
      : undefined;
  return typeof named === 'string' && named !== ''
    ? named.slice(0, 200)
    : undefined;
}

function toText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // nested too deep even for this
    return '';
  }
}
