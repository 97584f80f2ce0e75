import type { Request } from 'express';
import { HttpError } from './HttpError';
import { MAX_BODY } from './limits';

/** Bodies held in memory while they come in: together of bounded size, and each for a bounded time. @internal */
export class BodyBudget {
  #held = 0;
  /** What gives up each body that is being read, the oldest first. */
  readonly #open = new Set<(error: Error) => void>();

  constructor(
    private readonly options: {
      readonly bytes: number;
      /** Without a further chunk, or for the whole body. */
      readonly seconds: number;
      readonly per: 'chunk' | 'body';
    },
  ) {}

  /**
   * Watches a body until `read` is over. Where all together are too much, the
   * oldest is given up: whoever holds many open shuts nobody else out.
   * @throws HttpError 408 when it takes too long, 503 when it made room
   */
  async watch(req: Request, read: Promise<void>): Promise<void> {
    const { per, seconds } = this.options;
    let own = 0;
    const { promise: abandoned, reject } = Promise.withResolvers<never>();
    this.#open.add(reject);
    const timer = setTimeout(() => reject(tooSlow(seconds)), seconds * 1_000);
    const count = (chunk: Buffer) => {
      own += chunk.length;
      this.#held += chunk.length;
      if (per === 'chunk') timer.refresh();
      this.makeRoom();
    };
    req.on('data', count);
    try {
      await Promise.race([read, abandoned]);
    } finally {
      clearTimeout(timer);
      req.off('data', count);
      this.#open.delete(reject);
      this.#held -= own;
    }
  }

  private makeRoom(): void {
    const [oldest] = this.#open;
    if (this.#held <= this.options.bytes || !oldest) return;
    this.#open.delete(oldest);
    oldest(busy());
  }
}

/** Of whoever has shown that they may send: a stalled connection ends, a slow one does not. @internal */
export const knownSenders = new BodyBudget({
  bytes: 24 * MAX_BODY,
  seconds: 15,
  per: 'chunk',
});

/** Of webhooks whose signature can only be told from the whole body; their senders give up sooner themselves. @internal */
export const unknownSenders = new BodyBudget({
  bytes: 12 * MAX_BODY,
  seconds: 15,
  per: 'body',
});

/** @internal */
export function tooSlow(seconds: number): HttpError {
  return new HttpError(
    408,
    `The body was not complete after ${seconds} seconds without progress: send it again.`,
  );
}

function busy(): HttpError {
  return new HttpError(
    503,
    'Too many bodies are being read at this moment: send it again shortly.',
  );
}
