import type { NewEvent } from '../database/EventStore';

/** Rows and bytes of one statement, and how long a stream may keep rows waiting. */
const LIMIT = { rows: 500, bytes: 1024 * 1024, milliseconds: 250 };

/** Collects events until a statement is worth it. @internal */
export class EventBatch {
  /** How many were added. */
  added = 0;
  /** How many of them had not been stored before. */
  stored = 0;
  #events: NewEvent[] = [];
  #bytes = 0;
  #flushedAt: number;

  constructor(
    private readonly now: () => number,
    private readonly store: (events: readonly NewEvent[]) => Promise<number>,
  ) {
    this.#flushedAt = now();
  }

  async add(event: NewEvent): Promise<void> {
    this.added += 1;
    this.#events.push(event);
    this.#bytes += event.body.length;
    if (
      this.#events.length >= LIMIT.rows ||
      this.#bytes >= LIMIT.bytes ||
      this.now() - this.#flushedAt >= LIMIT.milliseconds
    ) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    const events = this.#events;
    this.#events = [];
    this.#bytes = 0;
    this.stored += await this.store(events);
    this.#flushedAt = this.now();
  }
}
